/**
 * Global Privacy Control (https://www.w3.org/TR/gpc/): the visitor refuses to be watched. What the visitor does on
 * purpose, such as a form that is submitted or an order, is not watching.
 */
export const isPassiveTrackingRefused = (): boolean =>
  (navigator as Navigator & { globalPrivacyControl?: boolean }).globalPrivacyControl === true
