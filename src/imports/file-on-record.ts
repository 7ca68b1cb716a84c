import { createHash } from 'node:crypto';
import { open } from '../records/audit-row.ts';
import type { AuditEntry } from '../records/audit-row.ts';
import { SOUND } from './apply/session.ts';
import type { Effects, Session } from './apply/session.ts';
import type { SourceFile } from './import-files.ts';

/** The SHA-256 of a file, found out while it is read. */
export class Fingerprint {
  readonly #hash = createHash('sha256');
  #whole: string | null = null;

  /** The same file, of which each byte is counted in. */
  of(file: SourceFile): SourceFile {
    const hash = this.#hash;
    return {
      ...file,
      async *open() {
        for await (const bytes of file.open()) {
          hash.update(bytes);
          yield bytes;
        }
      },
    };
  }

  /** In hexadecimal, once all was read. */
  hash(): string {
    return (this.#whole ??= this.#hash.digest('hex'));
  }
}

interface TakenFile {
  readonly source: string;
  readonly file: string;
  readonly hash: string;
  readonly rows: number;
  readonly effects: Effects;
  readonly refused: number;
  readonly recordedAt: string;
}

/** What is put on record of a file that was taken: found by the places whose rows it changed. How it is called may name people. */
export async function fileOnRecord({ client, kind }: Session, { source, file, hash, rows, effects, refused, recordedAt }: TakenFile): Promise<Omit<AuditEntry, 'who' | 'requestId'>> {
  const { rows: places } = await client.query<{ code: string }>(`select distinct f.jurisdiction_code as code from found f where f.jurisdiction_code is not null and f.effect <> 'unchanged' and ${SOUND} order by 1`);
  const counts = Object.fromEntries(Object.entries({ rows, ...effects, refused }).map(([name, count]) => [name, open(count)]));
  return { action: 'import', nodes: places.map(({ code }) => ({ type: 'Jurisdiction', id: code })), after: { kind: open(kind), source: open(source), file, sha256: open(hash), ...counts }, recordedAt };
}
