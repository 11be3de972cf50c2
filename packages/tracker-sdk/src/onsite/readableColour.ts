/** Relative luminance of `#rrggbb` (WCAG 2.2). */
const luminanceOf = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const channel = parseInt(colour.slice(from, from + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrastOf = (one: string, other: string): number => {
  const [low, high] = [luminanceOf(one) + 0.05, luminanceOf(other) + 0.05]
  return low < high ? high / low : low / high
}

/**
 * The wished colour where it can be read on the ground (4.5:1, WCAG 2.2, 1.4.3), else black or white, whichever can be
 * read better. All are `#rrggbb`; what is none cannot be read.
 */
export const readableColour = (wished: string, ground: string): string => {
  if (contrastOf(wished, ground) >= 4.5) return wished
  return contrastOf('#ffffff', ground) > contrastOf('#000000', ground) ? '#ffffff' : '#000000'
}
