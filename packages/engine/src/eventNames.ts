/**
 * The track events that Ciclo itself writes or gives a meaning to, besides the orders of order.ts. The e-mail names
 * are those of Segment's e-mail specification; `Product Reviewed` is the e-commerce specification's.
 */
export const EVENT_NAMES = {
  subscribed: 'Subscribed',
  unsubscribed: 'Unsubscribed',
  /** The person pressed the button on the confirmation page: proof of the address. */
  subscriptionConfirmed: 'Subscription Confirmed',
  /** `{ purpose, text, textVersion, method, country }`: `marketing-email` or `tracking`. */
  consentGiven: 'Consent Given',
  /** `{ purpose }`; without one, everything. */
  consentWithdrawn: 'Consent Withdrawn',
  /** What Segment's consent managers send, with `context.consent.categoryPreferences`. */
  consentPreferenceUpdated: 'Segment Consent Preference Updated',
  emailSent: 'Email Sent',
  emailOpened: 'Email Opened',
  emailLinkClicked: 'Email Link Clicked',
  /**
   * `{ message, address, permanent, claimed?, class, response }`: `hard` the address does not work, and is `permanent`;
   * `soft` it did not take this mail; `blocked` the fault is ours.
   */
  emailBounced: 'Email Bounced',
  /** `{ address }`: somebody has taken an address off the list of those that mail came back from. */
  emailAddressRestored: 'Email Address Restored',
  emailMarkedAsSpam: 'Email Marked as Spam',
  customersMerged: 'Customers Merged',
  surveyAnswered: 'Survey Answered',
  /** `{ contest, ... }`: somebody takes part, by a form on the shop's pages. */
  contestEntered: 'Contest Entered',
  /** `{ message, kind }`: what became of a message on the shop's pages, as the tracker sees it. */
  onsiteShown: 'On-site Message Shown',
  onsiteClosed: 'On-site Message Closed',
  onsiteClicked: 'On-site Message Clicked',
  productReviewed: 'Product Reviewed',
  referralMade: 'Referral Made',
  rfmGroupChanged: 'RFM Group Changed',
  segmentEntered: 'Segment Entered',
  segmentLeft: 'Segment Left',
  /** `{ journey, because, key?, properties?, delay? }`: somebody is to come into a journey. Only Ciclo's own counts. */
  journeyRequested: 'Journey Requested',
  /** `{ enrolment }`: a run is ended by hand. */
  journeyRunRemoved: 'Journey Run Removed',
  /** `{ enrolment, version, step }`: a run goes on in another version. */
  journeyRunMoved: 'Journey Run Moved',
  /** `{ journey }`: what became due while the journey was paused goes on. */
  journeyResumed: 'Journey Resumed',
  /** `{ pool, code, enrolment }`: a run was given a code that nobody else has. */
  couponGiven: 'Coupon Given',
} as const
