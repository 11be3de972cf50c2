export interface LoaderOptions {
  /** Where the tracker's script is, such as `https://events.shop.example/ciclo.js`. */
  src: string
  /** The workspace's public key. */
  key: string
}

/** The calls that may be made before the script is there. */
const CALLS = 'init page track identify group alias reset consent optOut ready'

/** A value as it may stand in a script: nothing in it can end the element. */
const literal = (value: string) => JSON.stringify(value).replaceAll('<', String.raw`\u003c`)

/**
 * The script to be put inline into the shop's pages: at most 250 bytes besides address and key. It loads the tracker
 * without holding up the page, and keeps the calls that are made before the tracker is there; twice on a page it does
 * nothing the second time.
 */
export const loaderSnippet = ({ src, key }: LoaderOptions): string =>
  'self.ciclo||(d=>{let c=self.ciclo=[],s=d.createElement("script");' +
  `for(let m of"${CALLS}".split\` \`)c[m]=(...a)=>c.push([m,...a]);` +
  `s.src=${literal(src)};s.dataset.key=${literal(key)};d.head.append(s)})(document)`
