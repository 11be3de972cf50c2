/** Of those whose mail has arrived: what a shop's campaign may hope for. */
const CLICK_RATE = 0.05
/** Standard deviations of an error of 5 % on both sides, and of a chance of 80 % to see what is there. */
const SIGMAS = 1.96 + 0.84

/**
 * By how much the click rates of two variants must differ, as a share, so that it shows with so many people in each: the
 * usual normal approximation of two shares (Fleiss, Statistical Methods for Rates and Proportions).
 */
export const smallestDifference = (people: number): number =>
  SIGMAS * Math.sqrt((2 * CLICK_RATE * (1 - CLICK_RATE)) / people)
