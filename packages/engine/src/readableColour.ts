/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const channel = Number.parseInt(colour.slice(from, from + 2), 16) / 255
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** How far two colours, each `#rrggbb`, stand apart: 1 to 21 (WCAG 2.2). */
export function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** From this contrast on text can be read (WCAG 2.2, 1.4.3). */
export const READABLE_CONTRAST = 4.5

/** The wished colour if it can be read on the ground, else the first of the others that can. */
export function readableOn(ground: string, wished: string, ...others: readonly string[]): string {
  const most = [wished, ...others].toSorted((a, b) => contrastOf(b, ground) - contrastOf(a, ground))
  return (
    [wished, ...others].find((colour) => contrastOf(colour, ground) >= READABLE_CONTRAST) ?? most[0] ?? wished
  )
}
