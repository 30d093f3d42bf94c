/** Tests of exercises with values that no student sees, so that an answer made for the values of the lesson's check fails. */

/**
 * By lesson and number of the exercise: what `check` is given after the title, as text of the cell, which knows all names that the
 * lesson's own check knows.
 */
export const HIDDEN_TESTS: Record<string, Record<number, string> | undefined> = {};
