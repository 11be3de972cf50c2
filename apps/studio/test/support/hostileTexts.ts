/** Whatever of it runs calls this, or opens a dialog. */
const RUN = 'window.__ran&&window.__ran'

/** Texts that run as code, break out, or break a layout, where somebody forgets what they are. */
export const HOSTILE_TEXTS = {
  script: `<script>${RUN}('script')</script>`,
  image: `<img src=x onerror="${RUN}('image')">`,
  picture: `<svg/onload=${RUN}('svg')><animate onbegin=alert(1) attributeName=x dur=1s>`,
  frame: `<iframe srcdoc="<script>parent.${RUN}('frame')</script>"></iframe>`,
  address: `javascript:${RUN}('address')//`,
  data: `data:text/html,<script>opener.${RUN}('data')</script>`,
  breakout: `"'\`><img src=x onerror=${RUN}('breakout')><a href="`,
  attribute: `x" onmouseover="${RUN}('attribute')" autofocus onfocus="${RUN}('attribute')`,
  style: `</style><style>*{display:none}</style><link rel=stylesheet href=//x.example/a.css>`,
  mustache: `{{constructor.constructor("${RUN}('mustache')")()}}\${${RUN}('template')}#{7*7}<%= 7*7 %>`,
  liquid: '{{ customer | json }}{% for a in (1..3) %}{{ a }}{% endfor %}{% render "x" %}',
  formula: `=HYPERLINK("http://x.example","click")`,
  prototype: '__proto__',
  member: 'constructor',
  keys: 'a.b[0]."c"',
  words: '$t(shell:signOut) {{count}} <0>nested</0>',
  direction: '\u202e\u2066gnp.exe\u2069 \u200f\u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u061c',
  control: 'a\u0007b\u001b[31mc\u0085d\u2028e\u2029f\ufeffg\u200bh',
  marks: `Z${'\u0300\u0301\u0302\u0303'.repeat(60)}algo`,
  long: 'W'.repeat(10_000),
} as const

export type HostileName = keyof typeof HOSTILE_TEXTS

export const HOSTILE_NAMES = Object.keys(HOSTILE_TEXTS) as HostileName[]
