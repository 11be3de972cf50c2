type Child = Node | string | false | undefined

/** An element with attributes and children; a child that is `false`, undefined or empty is left out. */
export const create = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag)
  for (const name in attributes) element.setAttribute(name, attributes[name] ?? '')
  // Strings become text, never markup.
  element.append(...children.filter((child): child is Node | string => !!child))
  return element
}
