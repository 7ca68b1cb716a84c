import { expect, test } from 'vitest';
import { ABOUT_PEOPLE, allCoordinates, audienceOf, isName, isShown, mayAsk, nameShown, readersOf, sees } from './oracle.ts';
import { STANDINGS } from '../../support/access-world.ts';
import { ASKERS } from './world.ts';

/*
 * The database guards rows. What stands beside something that may be seen in one row of it, or is made of rows that may be
 * seen, the API alone keeps from somebody. That without the API nothing else is seen is tested for each asker and field
 * ("without the wall of the API"); here is said what that is and why.
 */

/** Types whose values are read from rows of the class `people`, or made of them. */
const OF_PEOPLE = new Set([...ABOUT_PEOPLE, 'Employment', 'HeldRole', 'CreditAct', 'CreditAttribute', 'InstitutionSummary', 'RuleSummary', 'NotJudged', 'SummaryOutcome', 'Recomputation', 'ChangedPart', 'AnswerDifference']);

const NOT_BY_DATABASE: Readonly<Record<string, string>> = {
  'Teacher.name': 'stands in the row of the person, whom an analyst counts: the API shows the first character, and puts names into no cursor or search',
  'StoredAssessment.facts': 'stands in the row of the verdict, which an analyst reads',
  'Institution.summary': 'counts the rows that the teacher who asks sees, which are their own',
  ...Object.fromEntries(
    ['InstitutionSummary.at', 'InstitutionSummary.byRule', 'InstitutionSummary.lawAt', 'InstitutionSummary.met', 'InstitutionSummary.notApplicable', 'InstitutionSummary.notJudged', 'InstitutionSummary.notMet', 'InstitutionSummary.rulebooks', 'InstitutionSummary.teachers', 'InstitutionSummary.undetermined', 'NotJudged.code', 'NotJudged.count', 'RuleSummary.met', 'RuleSummary.notApplicable', 'RuleSummary.notMet', 'RuleSummary.rule', 'RuleSummary.ruleId', 'RuleSummary.short', 'RuleSummary.undetermined', 'SummaryOutcome.knownAt', 'SummaryOutcome.summary', 'SummaryOutcome.userErrors'].map((name) => [name, 'a part of that summary']),
  ),
};

test('what the database alone does not keep from somebody is named, with the reason', () => {
  const shownByRows = allCoordinates().filter((coordinate) => {
    if (!OF_PEOPLE.has(coordinate.slice(0, coordinate.indexOf('.'))) && coordinate !== 'Institution.summary') return false;
    // Whether somebody sees the rows, and by the API not the field.
    return ASKERS.some((asker) => STANDINGS.some((standing) => sees(asker, standing) && (!mayAsk(asker, coordinate) || !isShown(asker, coordinate, standing) || (isName(coordinate) && nameShown(asker, coordinate, standing, '本人甲') !== '本人甲'))));
  });
  const open = shownByRows.filter((coordinate) => typeof readersOf(audienceOf(coordinate)) !== 'object' && !isName(coordinate));
  expect(open).toEqual([]);
  expect(shownByRows.sort()).toEqual(Object.keys(NOT_BY_DATABASE).sort());
});
