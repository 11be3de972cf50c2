/**
 * The first segments of the paths that belong to the studio: the server answers each of them, and whatever lies below,
 * with the studio's page.
 */
export const STUDIO_PATHS = [
  '',
  'customers',
  'segments',
  'messages',
  'journeys',
  'campaigns',
  'templates',
  'onsite',
  'products',
  'settings',
  'guide',
  'account',
  'sign-in',
  'set-up',
  'invitation',
  'reset',
] as const
