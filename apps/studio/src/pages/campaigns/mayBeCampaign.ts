import type { TemplateListed } from '../templates/templateQueries.ts'

/** Order mail is never sent to a segment, and what is not published yet to nobody. */
export const mayBeCampaign = ({ purpose, uses }: TemplateListed): boolean =>
  purpose !== 'transactional' && uses !== null
