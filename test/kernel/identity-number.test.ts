import { describe, expect, test } from 'vitest';
import type { CivilDay } from '../../src/kernel/civil-day.ts';
import { checkDigitOf, readAnyIdentityNumber, readIdentityNumber } from '../../src/kernel/identity-number.ts';
import type { NamedIdentityKind } from '../../src/kernel/identity-number.ts';

const TODAY = '2026-06-15' as CivilDay;
const read = (written: string, kind: NamedIdentityKind = 'resident'): unknown => readIdentityNumber(written, kind, TODAY);
const wrong = (written: string, kind: NamedIdentityKind = 'resident'): unknown => (read(written, kind) as { wrong?: string }).wrong ?? 'none';
/** Seventeen digits with the check digit that belongs to them. */
const whole = (seventeen: string): string => seventeen + checkDigitOf(seventeen);

describe('a resident card', () => {
  test.each([
    ['11010519491231002X', '1949-12-31', 'female'],
    ['110101199003070054', '1990-03-07', 'male'],
  ])('%s', (number, birthDate, sex) => {
    expect(read(number)).toEqual({ kind: 'resident', number, indexed: number, birthDate, sex });
  });

  test('is the same in small letters, full width and with spaces', () => {
    for (const written of ['11010519491231002x', '１１０１０５１９４９１２３１００２Ｘ', ' 110105 19491231 002X']) expect(read(written)).toMatchObject({ number: '11010519491231002X' });
  });

  test('has 18 characters, no more and no fewer', () => {
    expect([wrong('11010519491231002'), wrong('11010519491231002X'), wrong('11010519491231002X1'), wrong('110105194912310X2X'), wrong('')]).toEqual(['form', 'none', 'form', 'form', 'form']);
  });

  test('begins with 1 to 8', () => {
    const from = (first: number): unknown => wrong(whole(`${first}10105194912310${first}2`.slice(0, 17)));
    expect([0, 1, 8, 9].map(from)).toEqual(['region', 'none', 'none', 'otherKind']);
  });

  test('has every check digit but its own refused', () => {
    for (const digit of '0123456789X') expect([digit, wrong(`11010519491231002${digit}`)]).toEqual([digit, digit === 'X' ? 'none' : 'check']);
  });

  test('has a day that exists', () => {
    const on = (day: string): unknown => wrong(whole(`110105${day}002`));
    expect(['18991231', '19000101', '19000228', '19000229', '20000229', '20010229', '20001231', '20001232', '20001301', '20000001', '20000100'].map(on)).toEqual(['birth', 'none', 'none', 'birth', 'none', 'birth', 'none', 'birth', 'birth', 'birth', 'birth']);
  });

  test('has a day that is not after today', () => {
    expect([wrong(whole('11010520260614002')), wrong(whole('11010520260615002')), wrong(whole('11010520260616002'))]).toEqual(['none', 'none', 'future']);
  });

  test('tells the sex by the last digit but one', () => {
    expect([1, 2, 3, 8, 9, 0].map((digit) => (read(whole(`1101051949123100${digit}`)) as { sex: string }).sex)).toEqual(['male', 'female', 'male', 'female', 'male', 'female']);
  });

  test('that a spreadsheet took for a number says so', () => {
    expect([wrong('1.10105E+17'), wrong('110105194912310000'), wrong('1.1E17')]).toEqual(['damaged', 'damaged', 'damaged']);
    // A number that really ends so is one.
    const real = Array.from({ length: 28 }, (_, day) => `11010519900${1 + (day % 9)}${String(day + 1).padStart(2, '0')}00`).map((sixteen) => whole(`${sixteen}0`)).find((number) => number.endsWith('000'));
    if (real) expect(wrong(real)).toBe('none');
  });
});

describe('a number of old', () => {
  test('is that of its holder’s card of today', () => {
    expect(read('110105491231002')).toEqual({ kind: 'resident15', number: '110105491231002', indexed: '11010519491231002X', birthDate: '1949-12-31', sex: 'female' });
    expect(read('110101900307005')).toMatchObject({ indexed: '110101199003070054', sex: 'male' });
  });

  test('has 15 digits, a region and a day', () => {
    expect([wrong('11010549123100'), wrong('110105491231002'), wrong('1101054912310021'), wrong('11010549123100X'), wrong('010105491231002'), wrong('910105491231002'), wrong('110105490229002'), wrong('110105480229002')]).toEqual(['form', 'none', 'form', 'form', 'region', 'region', 'birth', 'none']);
  });
});

describe('a residence permit', () => {
  test.each([
    ['810000199408230021', '1994-08-23', 'female'],
    ['830000199201300022', '1992-01-30', 'female'],
    [whole('82000019940823001'), '1994-08-23', 'male'],
  ])('%s', (number, birthDate, sex) => {
    expect(read(number, 'residencePermit')).toEqual({ kind: 'residencePermit', number, indexed: number, birthDate, sex });
    // Offices write it down as a travel permit too.
    expect(read(number, 'permit')).toMatchObject({ kind: 'residencePermit', birthDate });
    expect(wrong(number, 'resident')).toBe('otherKind');
  });

  test('begins with one of three codes, and is checked like a card', () => {
    const from = (code: string): unknown => wrong(whole(`${code}19940823002`), 'residencePermit');
    expect(['800000', '810000', '820000', '830000', '840000', '810001', '110101'].map(from)).toEqual(['region', 'none', 'none', 'none', 'region', 'region', 'region']);
    expect([wrong('810000199408230022', 'residencePermit'), wrong(whole('81000019940832002'), 'residencePermit'), wrong(whole('81000020260616002'), 'residencePermit'), wrong('H12345678', 'residencePermit')]).toEqual(['check', 'birth', 'future', 'form']);
    expect(wrong('810000199408230022', 'permit')).toBe('check');
  });
});

describe('the card of a foreign permanent resident', () => {
  test.each([
    ['932682198501010017', '1985-01-01', 'male'],
    ['911124198108030024', '1981-08-03', 'female'],
  ])('%s', (number, birthDate, sex) => {
    const made = whole(number.slice(0, 17));
    expect(read(made, 'foreignPermanent')).toEqual({ kind: 'foreignPermanent', number: made, indexed: made, birthDate, sex });
    expect(wrong(made, 'resident')).toBe('otherKind');
  });

  test('begins with 9, or has three letters and twelve digits, which tell nothing', () => {
    expect(read('932682198501010017', 'foreignPermanent')).toMatchObject({ kind: 'foreignPermanent' });
    expect([wrong('110101199003070054', 'foreignPermanent'), wrong('932682198501010018', 'foreignPermanent'), wrong('XYZ11008501011', 'foreignPermanent'), wrong('XYZ1100850101123', 'foreignPermanent'), wrong('XY1100850101123', 'foreignPermanent')]).toEqual(['region', 'check', 'form', 'form', 'form']);
    expect(read('xyz110085010112', 'foreignPermanent')).toEqual({ kind: 'foreignPermanent', number: 'XYZ110085010112', indexed: 'XYZ110085010112', birthDate: null, sex: null });
  });
});

describe('other documents', () => {
  test.each<[NamedIdentityKind, readonly string[], readonly string[]]>([
    ['permit', ['H12345678', 'm1234567890', '12345678', 'A123456789'], ['H1234567', 'HM12345678', 'H12345678901', '1234567', '123456789', 'HA2345678', '']],
    ['passport', ['E12345678', 'EA1234567', 'g1234', '123456789012'], ['E123', '1234567890123', 'ABCDEFG', 'E1234567-8', '']],
    ['other', ['ABCD', '军-1234567'.replace('军', 'J'), 'A/B-12', 'A'.repeat(40)], ['ABC', 'A'.repeat(41), 'A_BC', '']],
  ])('%s', (kind, good, bad) => {
    for (const number of good) expect([number, read(number, kind)]).toEqual([number, { kind, number: number.toUpperCase(), indexed: number.toUpperCase(), birthDate: null, sex: null }]);
    for (const number of bad) expect([number, wrong(number, kind)]).toEqual([number, 'form']);
  });
});

describe('a number of which nobody says what it is', () => {
  const any = (written: string): unknown => {
    const found = readAnyIdentityNumber(written, TODAY);
    return 'wrong' in found ? found.wrong : found.kind;
  };
  test('is what it looks like', () => {
    expect(['110101199003070054', '110101900307005', '810000199408230021', '932682198501010017', 'XYZ110085010112', 'E12345678'].map(any)).toEqual(['resident', 'resident15', 'residencePermit', 'foreignPermanent', 'foreignPermanent', 'other']);
  });
  test('is no other document where it looks like a card and is none', () => {
    expect(['110101199003070055', '11010119900307005', '1.1E+17'].map(any)).toEqual(['check', 'form', 'damaged']);
  });
});
