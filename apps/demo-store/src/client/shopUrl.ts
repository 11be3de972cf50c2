/** Where this shop is, without a slash at its end. */
export const shopUrl = (): string => location.origin + (document.body.dataset.base ?? '')
