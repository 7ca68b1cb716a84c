/**
 * How long the lists of an answer usually are in a place with many rules: what a selection below one is multiplied by.
 * Lists whose length the request itself gives are counted, not estimated: settings and entries where they are met, inputs
 * and pages (1 here) with the field of the root that they belong to.
 */
export const LIST_SIZES: Readonly<Record<string, number>> = {
  'AssessOutcome.userErrors': 2,
  'Assessment.allFindings': 60,
  'Assessment.assumed': 5,
  'Assessment.findings': 30,
  'Assessment.ledgers': 1,
  'Assessment.missing': 5,
  'Assessment.missingFacts': 5,
  'Assessment.notes': 1,
  'Assessment.openFindings': 20,
  'Assessment.otherGaps': 20,
  'Assessment.reasons': 10,
  'Assessment.yields': 5,
  'CompareOutcome.differences': 30,
  'CompareOutcome.userErrors': 10,
  'Decision.facts': 10,
  'Decision.rules': 15,
  'EntryPlacement.countsFor': 5,
  'EntryPlacement.movedBy': 1,
  'Finding.missing': 1,
  'Finding.notes': 1,
  'Finding.parts': 1,
  'Finding.reasons': 2,
  'Finding.yields': 1,
  'Gap.cells': 10,
  'Gap.unknown': 2,
  'GapCell.rules': 3,
  'Jurisdiction.above': 2,
  'Jurisdiction.plugins': 2,
  'JurisdictionPage.nodes': 1,
  'Query.assessMany': 1,
  'Query.decisions': 40,
  'ReadingDependence.on': 2,
  'ReadingDependence.tried': 8,
  'Rule.alternatives': 1,
  'Rule.decisions': 2,
  'Rule.facts': 5,
  'Rulebook.counts': 10,
  'Rulebook.documents': 10,
  'Rulebook.rules': 80,
  'Rulebook.standingAside': 10,
  'UserError.nearest': 3,
};

/** Single values that hold much: as how many they count. */
export const LARGE_VALUES: Readonly<Record<string, number>> = {
  'Fact.schema': 40,
  'Decision.factsSchema': 300,
  'Finding.params': 3,
  'Rule.params': 3,
};
