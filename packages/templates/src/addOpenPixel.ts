const PIXEL =
  '{% if urls.open != blank %}<img src="{{ urls.open }}" width="1" height="1" alt="" ' +
  'style="display:block;width:1px;height:1px;border:0">{% endif %}'

/** The pixel is part of every template, so that whether opens are counted depends on `urls.open` alone. */
export function addOpenPixel(html: string): string {
  const end = html.lastIndexOf('</body>')
  return end === -1 ? html + PIXEL : html.slice(0, end) + PIXEL + html.slice(end)
}
