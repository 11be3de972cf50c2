/**
 * Loads MJML, which takes half a second: not with every start, of which most send no mail, but before a server's first
 * mail is waited for.
 */
export const loadMjml = async () => (await import('mjml')).default
