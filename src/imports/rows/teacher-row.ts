import { boolean, choice } from '../../kernel/facts.ts';
import { nearestNames } from '../../kernel/nearest.ts';
import { message } from '../../kernel/text.ts';
import { readDated } from '../cells/dated-cell.ts';
import { FactCell } from '../cells/fact-cell.ts';
import type { PlaceOfRow } from '../cells/place-cell.ts';
import { maskIdentity, readIdentity } from '../cells/identity-cell.ts';
import type { IdentityNumber, NamedIdentityKind } from '../../kernel/identity-number.ts';
import { sealIdentity } from '../../persistence/keys/private-values.ts';
import { IDENTITY_KINDS, STAGES } from '../columns/fixed.ts';
import { itemsJson } from './dated-items.ts';
import type { DatedItem } from './dated-items.ts';
import { readPeriod } from './period.ts';
import { PrivateCells } from './private-cells.ts';
import { PropertyCells } from './property-cells.ts';
import { copied, copiedBytes, copiedIndexes, RowCells, STAGED_INDEXES } from './row-reader.ts';
import type { RowReader } from './row-reader.ts';
import type { RowSetting } from './row-setting.ts';

export const STAGED_TEACHERS = `line int not null, key text not null, name text not null, name_key text not null, identity_kind text, identity_cipher bytea, ${STAGED_INDEXES},
  institution text not null, is_main boolean not null, from_on date not null, to_on date, stage text, subject text, items jsonb not null, private jsonb not null`;

const ALWAYS = { from: null, to: null };

/** Rows of teachers: one employment each, with what is known of the person. */
export class TeacherRows implements RowReader {
  readonly #cells: RowCells;
  readonly #setting: RowSetting;
  readonly #nameKey: (name: string) => string;
  readonly #properties: PropertyCells;
  readonly #private: PrivateCells;
  readonly #main = new FactCell('main', { type: boolean() });
  readonly #stage = new FactCell('stage', { type: choice(STAGES) });
  readonly #kind = new FactCell('identityKind', { type: choice(IDENTITY_KINDS) });
  readonly #roles = new Map<PlaceOfRow, FactCell>();

  constructor(setting: RowSetting, nameKey: (name: string) => string) {
    this.#setting = setting;
    this.#cells = new RowCells(setting);
    this.#nameKey = nameKey;
    this.#private = new PrivateCells(setting);
    this.#properties = new PropertyCells(setting, (records) => records.person);
  }

  read(row: readonly string[], line: number): string | null {
    const { header, indexes, key: dataKey } = this.#setting;
    const cells = this.#cells;
    cells.begin(row, line);
    const name = cells.text(header.at('name'), 'name', true);
    const identity = this.#identity();
    const found = identity ? indexes(identity.indexed) : null;
    const index = found?.[0] ?? null;
    const key = cells.key(header.at('key'), 'key') ?? (index ? `identity:${index.subarray(0, 12).toString('hex')}` : null);
    if (key === null && cells.at(header.at('identityNumber')) === '') cells.required(header.at('key'), 'key');
    const place = this.#institution();
    const { from, to } = readPeriod(cells, header.at('from'), header.at('to'), true);
    const isMain = this.#value('main', this.#main) ?? true;
    const stage = this.#value('stage', this.#stage) as string | null;
    const subject = cells.text(header.at('subject'), 'subject', false, 100);
    const items: DatedItem[] = [];
    if (place) {
      this.#readRoles(place, items);
      this.#properties.read(cells, place.records, ALWAYS, items);
    }
    const secrets = this.#private.read(cells, identity);
    if (!cells.isSound || key === null || name === null) return null;
    const told = identity ? `${identity.kind}\t${copiedBytes(sealIdentity(dataKey, identity.number))}\t${copiedIndexes(found)}` : '\\N\t\\N\t\\N\t\\N';
    return `${line}\t${copied(key)}\t${copied(name)}\t${copied(this.#nameKey(name))}\t${told}\t${copied(cells.at(header.at('institution')))}\t${isMain ? 't' : 'f'}\t${copied(from)}\t${copied(to)}\t${copied(stage)}\t${copied(subject)}\t${copied(itemsJson(items))}\t${copied(secrets)}\n`;
  }

  #identity(): IdentityNumber | null {
    const { header } = this.#setting;
    const cells = this.#cells;
    const kind = this.#value('identityKind', this.#kind) ?? 'resident';
    const written = cells.at(header.at('identityNumber'));
    if (written === '') return null;
    const read = readIdentity(written, kind as NamedIdentityKind, this.#setting.today);
    if (!('problem' in read)) return read;
    cells.problem('identityNumber', maskIdentity(written), read.problem);
    return null;
  }

  /** The place of the institution, which says how its people are read; null where no such institution is known. */
  #institution(): PlaceOfRow | null {
    const { header, institutions, places, problems } = this.#setting;
    const key = this.#cells.required(header.at('institution'), 'institution');
    if (key === '') return null;
    const code = institutions.get(key);
    if (code === undefined) {
      this.#cells.wrong('institution', 'UNKNOWN_INSTITUTION', key, message('import.unknown-institution'), problems.isFull ? [] : nearestNames(key, institutions.keys()));
      return null;
    }
    const place = places.read(code);
    return 'problem' in place ? null : place;
  }

  #value(column: string, cell: FactCell): unknown {
    const written = this.#cells.at(this.#setting.header.at(column));
    if (written === '') return null;
    const read = cell.read(written);
    if (!('problem' in read)) return read.input;
    this.#cells.problem(column, written, read.problem);
    return null;
  }

  #readRoles(place: PlaceOfRow, items: DatedItem[]): void {
    const written = this.#cells.at(this.#setting.header.at('roles'));
    if (written === '') return;
    const parts = readDated(written);
    if ('problem' in parts) return this.#cells.problem('roles', written, parts.problem);
    for (const { written: role, from, to } of parts) {
      const read = this.#rolesOf(place).read(role);
      if ('problem' in read) this.#cells.problem('roles', role, read.problem);
      else items.push(['r', String(read.input), 'true', from, to]);
    }
  }

  #rolesOf(place: PlaceOfRow): FactCell {
    let cell = this.#roles.get(place);
    if (!cell) this.#roles.set(place, (cell = new FactCell('roles', { type: choice(place.roles) })));
    return cell;
  }
}
