import { expect, test } from 'vitest';
import { ABOUT_PEOPLE, allCoordinates, audienceOf, isMasked, isShown, maskedAs, mayAsk, privateValue, readersOf, sees } from './oracle.ts';
import { STANDINGS } from '../../support/access-world.ts';
import { ASKERS } from './world.ts';

/*
 * The database guards rows. What stands beside something that may be seen in one row of it, or is made of rows that may be
 * seen, the API alone keeps from somebody. That without the API nothing else is seen is tested for each asker and field
 * ("without the wall of the API"); here is said what that is and why.
 */

/** Types whose values are read from rows of the class `people`, or made of them. */
const OF_PEOPLE = new Set([...ABOUT_PEOPLE, 'Employment', 'HeldRole', 'CreditAct', 'CreditAttribute', 'InstitutionSummary', 'RuleSummary', 'NotJudged', 'SummaryOutcome', 'IdentityNumber', 'Recomputation', 'ChangedPart', 'AnswerDifference']);

/** A value as it stands in the world: a private one, or a name. */
const valueOf = (coordinate: string): string => privateValue(coordinate, 'own') ?? '本人甲';

const NOT_BY_DATABASE: Readonly<Record<string, string>> = {
  'Teacher.name': 'stands in the row of the person, whom an analyst counts: the API shows the first character, and puts names into no cursor or search',
  'Teacher.birthDate': 'its row is for those who judge by it: the API shows the year, and the day to the teacher and the school',
  'Teacher.phone': 'its row is for those who read what is private: the API shows it in part, and in full by `reveal` alone',
  'IdentityNumber.number': 'as the telephone',
  'StoredAssessment.facts': 'stands in the row of the verdict, which an analyst reads',
  'Institution.summary': 'counts the rows that the teacher who asks sees, which are their own',
  ...Object.fromEntries(
    ['InstitutionSummary.at', 'InstitutionSummary.byRule', 'InstitutionSummary.lawAt', 'InstitutionSummary.met', 'InstitutionSummary.notApplicable', 'InstitutionSummary.notJudged', 'InstitutionSummary.notMet', 'InstitutionSummary.rulebooks', 'InstitutionSummary.teachers', 'InstitutionSummary.undetermined', 'NotJudged.code', 'NotJudged.count', 'RuleSummary.met', 'RuleSummary.notApplicable', 'RuleSummary.notMet', 'RuleSummary.rule', 'RuleSummary.ruleId', 'RuleSummary.short', 'RuleSummary.undetermined', 'SummaryOutcome.knownAt', 'SummaryOutcome.summary', 'SummaryOutcome.userErrors'].map((name) => [name, 'a part of that summary']),
  ),
};

/** In which class of rows a value lies. */
const rowClassOf = (coordinate: string) => (coordinate === 'Teacher.identityNumbers' || coordinate.startsWith('IdentityNumber.') || privateValue(coordinate, 'own') !== undefined ? 'private' : 'people');

test('what the database alone does not keep from somebody is named, with the reason', () => {
  const shownByRows = allCoordinates().filter((coordinate) => {
    if (!OF_PEOPLE.has(coordinate.slice(0, coordinate.indexOf('.'))) && coordinate !== 'Institution.summary') return false;
    // Whether somebody sees the rows, and by the API not the field.
    return ASKERS.some((asker) => STANDINGS.some((standing) => sees(asker, standing, rowClassOf(coordinate)) && (!mayAsk(asker, coordinate) || !isShown(asker, coordinate, standing) || (isMasked(coordinate) && maskedAs(asker, coordinate, standing, valueOf(coordinate)) !== valueOf(coordinate)))));
  });
  const open = shownByRows.filter((coordinate) => typeof readersOf(audienceOf(coordinate)) !== 'object' && !isMasked(coordinate));
  expect(open).toEqual([]);
  expect(shownByRows.sort()).toEqual(Object.keys(NOT_BY_DATABASE).sort());
});
