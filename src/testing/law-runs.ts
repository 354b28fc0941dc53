/** How many generated cases each law is tried on, in every run of the tests. A law reads its own number from here. */
export const lawRuns = {
  /** src/plan/laws.test.ts: pure, over a few kinds. */
  appliedIsInStep: 3500,
  fromAnyStateToAnyOther: 3500,
  orderDoesNotMatter: 3500,
  oneMovedFieldIsOneUpdate: 2000,
  onlyOwnedFieldsAreMentioned: 1000,
  /** src/apply/rollback/invert-run.test.ts: pure, over a few kinds. */
  rolledBackIsAsBefore: 400,
  rolledBackFromHalfway: 300,
  /** src/pull/laws.test.ts: pure, over every kind that can be listed. */
  pulledIsInStep: 200,
  pulledByTenantIsInStep: 40,
  pulledShowsNoSecret: 50,
  pulledInAnyOrder: 50,
  pulledKeysAreValid: 100,
  /** src/pull/in-place/laws.test.ts: pure, over any style of files and any change of an instance. */
  updatedIsInStep: 25,
  /** src/desired/laws.test.ts and src/kickstart/laws.test.ts: pure, over generated files and states. */
  printedIsReadAsItWas: 150,
  everyLeafHasAPlace: 50,
  mergingIsAssociative: 100,
  orderOfKeysDoesNotMatter: 40,
  loadedShowsNoSecret: 60,
  exportedIsImportedAsItWas: 40,
  /** src/live/circuit-breaker.test.ts, rate-limit.test.ts and retry-budget.test.ts: pure, over what may come one after the other. */
  breakerHoldsUpInTime: 500,
  rateSpacesEvenly: 500,
  budgetIsKept: 500,
  /** test/stories/http-laws.test.ts and kickstart-laws.test.ts: against the sandbox, all but the first over every kind. */
  appliedManyOfAKind: 60,
  appliedEveryKind: 120,
  pulledEveryKind: 80,
  kickstartEveryKind: 80,
} as const;
