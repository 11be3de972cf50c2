import { fail, ok, warn, type Finding, type Look } from './finding.ts'

export interface AddressFacts {
  /** PUBLIC_URL, where it is set. */
  url: string | undefined
  /** What answered there; `isCiclo` is false where it is something else. */
  answer: Look<{ isCiclo: boolean }> | undefined
}

export function judgeAddress({ url, answer }: AddressFacts): Finding[] {
  if (url === undefined || answer === undefined)
    return [warn('public url', 'PUBLIC_URL is not set', 'Links in mails would lead to this machine: set it')]
  const { protocol, hostname } = new URL(url)
  const isLoopback = /^(localhost|127\.|\[::1\])/.test(hostname)
  const scheme =
    protocol === 'https:'
      ? ok('public url', url)
      : isLoopback
        ? warn('public url', url, 'Nobody but this machine reaches it')
        : fail(
            'public url',
            url,
            'Browsers and receivers want https: put a TLS proxy before it, docs/operate.md',
          )
  const reached =
    'error' in answer
      ? warn('public url answers', answer.error, 'Is the server running, and does the proxy lead to it?')
      : answer.found.isCiclo
        ? ok('public url answers', 'by Ciclo')
        : fail(
            'public url answers',
            'something, but not Ciclo',
            'The proxy leads elsewhere: check its target',
          )
  return [scheme, reached]
}
