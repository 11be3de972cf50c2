/** The one that this page's policy allows the style sheets of Mantine's variables by; the server draws it per page. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''
