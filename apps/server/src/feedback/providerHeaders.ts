/** Under this name a mail's id comes back in `Metadata` of what Postmark reports: they replace the Message-ID. */
export const POSTMARK_METADATA = 'ciclo'

/** A sender's headers, with the id of the mail for a provider that would otherwise not say which mail has come back. */
export const providerHeaders = (
  headers: Readonly<Record<string, string>>,
  mailId: string,
): Readonly<Record<string, string>> =>
  'X-PM-Message-Stream' in headers ? { ...headers, [`X-PM-Metadata-${POSTMARK_METADATA}`]: mailId } : headers
