/** The second argument of a call that brings a JSON body: the server checks it, and says what is wrong with it. */
export const withBody = (body: unknown) => ({
  init: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
})
