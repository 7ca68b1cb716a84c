import { GraphQLError } from 'graphql';
import { accessPosition, isAccessKey } from '../../records/access-reads.ts';
import type { AccessRecord } from '../../records/access-reads.ts';
import type { NodeRef } from '../../records/audit-row.ts';
import type { AuditRecord } from '../../records/audit-trail.ts';
import type { Records } from '../../records/open-records.ts';
import { say } from '../../i18n/server-messages.ts';
import type { Problem } from '../../workflows/problem.ts';
import type { ApiContext } from '../context.ts';
import { ErrorCode } from '../error-codes.ts';
import { refuseInput } from '../refuse-input.ts';
import { connectionType, MOST_COUNTED } from '../relay/connection.ts';
import { cursorOf } from '../relay/cursor.ts';
import type { PageArgs } from '../relay/page-args.ts';
import { readPage } from '../relay/page-args.ts';
import { sceneAt } from '../scene.ts';
import { AccessEntryObject } from './access-entry.type.ts';
import { AuditEntryObject } from './audit-entry.type.ts';

export const AuditEntryConnection = connectionType<AuditRecord, AuditEntryObject>({ name: 'AuditEntry', items: 'entries of the audit trail', order: 'the latest first' }, () => AuditEntryObject);
export type AuditEntryConnection = InstanceType<typeof AuditEntryConnection>;

export const AccessEntryConnection = connectionType<AccessRecord, AccessEntryObject>({ name: 'AccessEntry', items: 'accesses to a teacher', order: 'the latest first' }, () => AccessEntryObject);
export type AccessEntryConnection = InstanceType<typeof AccessEntryConnection>;

const AUDIT_ORDER = 'AUDIT_DESC';
const ACCESS_ORDER = 'ACCESS_DESC';

/** What was done to a node, for whoever may see both; `problems`: what is wrong with the arguments so far. */
export async function auditConnection(node: NodeRef | null, args: PageArgs, context: ApiContext, problems: Problem[]): Promise<AuditEntryConnection> {
  const page = readPage(args, AUDIT_ORDER, (key) => key === '', problems);
  if (node === null || problems.length > 0) return refuseInput(context.view, problems);
  const { access, loaders } = context;
  const { audit } = recordsOf(context);
  const reach = { audit: access.reach('audit'), private: access.reach('private') };
  const scene = await sceneAt(context);
  return new AuditEntryConnection({
    page: await audit.ofNode(loaders.sql, node, page, reach),
    itemOf: (entry) => new AuditEntryObject(entry, access),
    cursorOf: ({ seq }) => cursorOf(AUDIT_ORDER, { key: '', id: seq }),
    count: () => audit.countOfNode(loaders.sql, node, MOST_COUNTED + 1, reach),
    at: scene.at,
    knownAt: scene.knownAt,
  });
}

/** Who saw a person, for whoever may see that. */
export async function accessConnection(personId: string | null, args: PageArgs, context: ApiContext, problems: Problem[]): Promise<AccessEntryConnection> {
  const page = readPage(args, ACCESS_ORDER, isAccessKey, problems);
  if (personId === null || problems.length > 0) return refuseInput(context.view, problems);
  const { access, loaders } = context;
  const { accesses } = recordsOf(context);
  const reach = access.reach('accesses');
  const scene = await sceneAt(context);
  return new AccessEntryConnection({
    page: await accesses.ofPerson(loaders.sql, personId, page, reach),
    itemOf: (entry) => new AccessEntryObject(entry, personId, access),
    cursorOf: (entry) => cursorOf(ACCESS_ORDER, accessPosition(entry)),
    count: () => accesses.countOfPerson(loaders.sql, personId, MOST_COUNTED + 1, reach),
    at: scene.at,
    knownAt: scene.knownAt,
  });
}

function recordsOf({ records, view }: ApiContext): Records {
  if (!records) throw new GraphQLError(say(view.language, 'store.none'), { extensions: { code: ErrorCode.STORE_UNAVAILABLE } });
  return records;
}
