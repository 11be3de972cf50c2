/** What the weekly mail says: text, ready to be laid out. */
export interface Report {
  /** Its language, BCP 47. */
  tag: string
  subject: string
  sentence: string
  tasksTitle: string
  nothingToDo: string
  tasks: readonly { title: string; text: string; action: string; url: string }[]
  tables: readonly { title: string; head: readonly string[]; rows: readonly (readonly string[])[] }[]
  linesTitle: string
  lines: readonly string[]
  open: { label: string; url: string }
  why: string
  settings: { label: string; url: string }
}

const inHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const GREEN = '#0f6b60'
const QUIET = '#5b6460'
const LINE = '#dcdfdb'

const heading = (text: string) =>
  `<h2 style="margin:32px 0 8px;font-size:16px;line-height:1.4">${inHtml(text)}</h2>`

const taskHtml = ({ title, text, action, url }: Report['tasks'][number]) =>
  `<tr><td style="padding:12px 0;border-top:1px solid ${LINE}"><strong>${inHtml(title)}</strong><br><span style="color:${QUIET};font-size:14px">${inHtml(text)}</span><br><a href="${inHtml(url)}" style="color:${GREEN};font-size:14px">${inHtml(action)}</a></td></tr>`

const cell = (text: string, place: number, tag: 'td' | 'th', scope = '') =>
  `<${tag}${scope} style="padding:6px ${place === 0 ? '12px 6px 0' : '0 6px 12px'};border-top:1px solid ${LINE};text-align:${place === 0 ? 'left' : 'right'};font-weight:normal;font-size:14px">${inHtml(text)}</${tag}>`

function tableHtml({ title, head, rows }: Report['tables'][number]): string {
  const top =
    head.length === 0
      ? ''
      : `<tr>${head.map((text, place) => cell(text, place, 'th', ' scope="col"')).join('')}</tr>`
  const body = rows
    .map(
      (row) =>
        `<tr>${row
          .map((text, place) =>
            place === 0 ? cell(text, place, 'th', ' scope="row"') : cell(text, place, 'td'),
          )
          .join('')}</tr>`,
    )
    .join('')
  return `${heading(title)}<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">${top}${body}</table>`
}

/** One column of at most 560 pixels, readable where styles are dropped, without a picture. */
export function reportHtml(report: Report): string {
  const { tag, subject, sentence, tasks, tables, lines, open, why, settings } = report
  const toDo =
    tasks.length === 0
      ? `<p style="margin:0;color:${QUIET}">${inHtml(report.nothingToDo)}</p>`
      : `<table width="100%" cellpadding="0" cellspacing="0" role="presentation">${tasks.map(taskHtml).join('')}</table>`
  const mailed = lines.map((line) => `<li style="margin:0 0 4px">${inHtml(line)}</li>`).join('')
  return [
    `<!doctype html><html lang="${inHtml(tag)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${inHtml(subject)}</title></head>`,
    `<body style="margin:0;padding:24px 16px;background:#fcfcfa;color:#1d2522;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5"><div style="max-width:560px;margin:0 auto">`,
    `<h1 style="margin:0 0 8px;font-size:20px;line-height:1.35">${inHtml(sentence)}</h1>`,
    heading(report.tasksTitle),
    toDo,
    tables.map(tableHtml).join(''),
    heading(report.linesTitle),
    `<ul style="margin:0;padding:0 0 0 18px;font-size:14px">${mailed}</ul>`,
    `<p style="margin:32px 0"><a href="${inHtml(open.url)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:${GREEN};color:#ffffff;text-decoration:none;font-weight:bold">${inHtml(open.label)}</a></p>`,
    `<p style="margin:0;color:${QUIET};font-size:13px">${inHtml(why)} <a href="${inHtml(settings.url)}" style="color:${QUIET}">${inHtml(settings.label)}</a></p>`,
    '</div></body></html>',
  ].join('')
}

/** The same for who reads text. */
export function reportText(report: Report): string {
  const { sentence, tasks, tables, lines, open, why, settings } = report
  const toDo = tasks.map(({ title, text, action, url }) => `- ${title}\n  ${text}\n  ${action}: ${url}`)
  const figures = tables.map(({ title, head, rows }) => {
    const shown = [...(head.length === 0 ? [] : [head.filter(Boolean)]), ...rows]
    return `${title}\n${shown.map((row) => row.filter(Boolean).join('  ')).join('\n')}`
  })
  return `${[
    sentence,
    `${report.tasksTitle}\n${toDo.length === 0 ? report.nothingToDo : toDo.join('\n')}`,
    ...figures,
    `${report.linesTitle}\n${lines.map((line) => `- ${line}`).join('\n')}`,
    `${open.label}: ${open.url}`,
    `${why}\n${settings.label}: ${settings.url}`,
  ].join('\n\n')}\n`
}
