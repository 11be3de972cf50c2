import type { Capture } from '../capture.ts'

/** Lets the server set the visitor's cookie, once for each page: Safari deletes script-set ones after 7 days. */
export const keepCookie: Capture = ({ options, host, identity, whenAllowed }) => {
  if (options.cookieRoute)
    whenAllowed(() => {
      const body = JSON.stringify({ writeKey: options.writeKey, anonymousId: identity.ids().anonymousId })
      // Nothing of the answer is read, so that no preflight is needed; a failure leaves the script-set cookie.
      fetch(`${host}/v1/cookie`, {
        method: 'POST',
        body,
        mode: 'no-cors',
        credentials: 'include',
        keepalive: true,
      }).catch(() => undefined)
    })
}
