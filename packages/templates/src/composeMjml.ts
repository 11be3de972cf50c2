/** Each `<!-- slot: name -->` gives way to the part of that name, and so do the slots of that part. */
export function composeMjml(layout: string, parts: Record<string, string>): string {
  return layout.replace(/[ \t]*<!-- slot: (\w+) -->/g, (_slot, name: string) => {
    const part = parts[name]
    if (part === undefined) {
      throw new Error(`layout names the slot "${name}"; expected one of ${Object.keys(parts).join(', ')}`)
    }
    return composeMjml(part.trimEnd(), parts)
  })
}
