/** Of fewer nothing can be said: no process is started for them. */
export const FEWEST_BUYERS = 30
