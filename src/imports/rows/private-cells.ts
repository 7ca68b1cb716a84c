import { choice, dayType } from '../../kernel/facts.ts';
import type { IdentityNumber } from '../../kernel/identity-number.ts';
import { message } from '../../kernel/text.ts';
import { PRIVATE_NAMES, sealPrivate } from '../../persistence/keys/private-values.ts';
import type { PrivateName } from '../../persistence/keys/private-values.ts';
import { FactCell } from '../cells/fact-cell.ts';
import { readPhone } from '../cells/phone-cell.ts';
import { SEXES } from '../columns/fixed.ts';
import { maskPrivate } from '../problem.ts';
import type { RowCells } from './row-reader.ts';
import type { RowSetting } from './row-setting.ts';

/** Where a value comes from: a column, the identity number, or both, which say the same. */
type Origin = 'column' | 'number' | 'both';
interface PrivateValue {
  readonly name: PrivateName;
  readonly value: string;
  readonly origin: Origin;
}

/** What an identity number says of its holder must be what the row says. */
const TOLD_BY_NUMBER = { birthDate: 'import.identity-birth-differs', sex: 'import.identity-sex-differs' } as const;

/** Reads what is private of a person: from its columns, and from what the identity number tells. */
export class PrivateCells {
  readonly #setting: RowSetting;
  readonly #birthDate = new FactCell('birthDate', { type: dayType() });
  readonly #sex = new FactCell('sex', { type: choice(SEXES) });

  constructor(setting: RowSetting) {
    this.#setting = setting;
  }

  /** Gives the values as they are staged: `[[name, sealed, digest, origin]]`, the bytes in hexadecimal. */
  read(cells: RowCells, identity: IdentityNumber | null): string {
    const values = PRIVATE_NAMES.flatMap((name) => this.#value(cells, name, identity) ?? []);
    const { key, digest } = this.#setting;
    return `[${values.map(({ name, value, origin }) => `["${name}","${cells.isSound ? sealPrivate(key, name, value).toString('hex') : ''}","${digest(name, value)}","${origin}"]`).join(',')}]`;
  }

  #value(cells: RowCells, name: PrivateName, identity: IdentityNumber | null): PrivateValue | null {
    const written = cells.at(this.#setting.header.at(name));
    const told = name === 'phone' || identity === null ? null : identity[name];
    const given = written === '' ? null : this.#read(cells, name, written);
    if (given === null) return told === null ? null : { name, value: told, origin: 'number' };
    if (name === 'phone' || told === null) return { name, value: given, origin: 'column' };
    if (told !== given) cells.wrong(name, 'IDENTITY_DISAGREES', maskPrivate(written), message(TOLD_BY_NUMBER[name]));
    return { name, value: given, origin: 'both' };
  }

  #read(cells: RowCells, name: PrivateName, written: string): string | null {
    if (name === 'phone') {
      const read = readPhone(written);
      if ('phone' in read) return read.phone;
      cells.problem(name, maskPrivate(written), read.problem);
      return null;
    }
    const read = (name === 'sex' ? this.#sex : this.#birthDate).read(written);
    if ('problem' in read) {
      cells.problem(name, maskPrivate(written), read.problem);
      return null;
    }
    const value = String(read.input);
    if (name === 'birthDate' && value > this.#setting.today) cells.wrong(name, 'OUT_OF_RANGE', maskPrivate(written), message('import.birth-future'));
    return value;
  }
}
