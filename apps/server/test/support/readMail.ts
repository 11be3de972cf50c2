import type { CaughtMail } from './startSmtpCatcher.ts'

/** A header's value as it arrived, unfolded; undefined where the mail has none. */
export function headerOf({ email }: CaughtMail, name: string): string | undefined {
  return email.headers.find(({ key }) => key === name.toLowerCase())?.value
}

/** The one link of the text part below `path`, such as `/confirm/`. */
export function linkIn(mail: CaughtMail, path: string): string {
  const links = (mail.email.text?.match(/https?:\/\/[^\s<>]+/g) ?? []).filter((link) =>
    new URL(link).pathname.startsWith(path),
  )
  const [link, ...others] = new Set(links)
  if (link === undefined || others.length > 0) {
    throw new Error(
      `"${mail.email.subject}" has ${links.length} links to ${path}, expected one: ${mail.email.text}`,
    )
  }
  return link
}
