/** The beginning of a text, of at most so many units of UTF-16: half of a pair of surrogates is no letter. */
export const cutText = (text: string, length: number) =>
  text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
