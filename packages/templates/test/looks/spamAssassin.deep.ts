import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { keyOf } from './seenMails.ts'
import { renderShippedMails, type ShippedMail } from './shippedMails.ts'

const SCRIPT = fileURLToPath(new URL('spamScores.pl', import.meta.url))
const UNSUBSCRIBE = 'https://mail.example/u/6f1dC2'

const isInstalled = spawnSync('perl', ['-MMail::SpamAssassin', '-e', '1']).status === 0
if (!isInstalled)
  console.log('SpamAssassin is not installed (apt-get install spamassassin): no mail was scored')

const transport = createTransport({ streamTransport: true, buffer: true })

/** The mail as the server sends it, with the headers that it gives to every mail of its kind. */
async function composed(mail: ShippedMail): Promise<Buffer> {
  const isMarketing = mail.html.includes(UNSUBSCRIBE)
  const { message } = await transport.sendMail({
    from: { name: 'Casa Luna', address: 'hello@shop.example' },
    to: { name: '', address: 'aleksandra@customer.example' },
    messageId: '<0f3a91b7c2d84e6fa5b01c9d7e3f42a86b5c1d0e@shop.example>',
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: {
      'List-Id': '<01kamn5w3dyfxhxk4t0q0r9z1b.shop.example>',
      'Feedback-ID': `${mail.name}:${isMarketing ? 'marketing' : 'transactional'}:01KAMN5W3DYFXHXK4T0Q0R9Z1B:ciclo`,
      ...(isMarketing
        ? { 'List-Unsubscribe': `<${UNSUBSCRIBE}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
        : {}),
    },
  })
  if (!Buffer.isBuffer(message)) throw new Error('nodemailer was asked for a buffer, and gave a stream')
  return message
}

/** GTUBE, the text by which every installation of SpamAssassin has to know spam: here in the subject of a real mail. */
const GTUBE = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'

test.skipIf(!isInstalled)('SpamAssassin gives every shipped mail a score under 2', async () => {
  const mails = await renderShippedMails()
  const folder = await mkdtemp(join(tmpdir(), 'ciclo-spam-'))
  try {
    const paths: string[] = []
    const add = async (name: string, content: Buffer | string) => {
      const path = join(folder, `${name}.eml`)
      await writeFile(path, content)
      paths.push(path)
    }
    for (const mail of mails) await add(keyOf(mail), await composed(mail))
    await add('spam', `Subject: spam\n\n${GTUBE}\n`)
    const { stdout, stderr, status } = spawnSync('perl', [SCRIPT], {
      input: `${paths.join('\n')}\n`,
      encoding: 'utf8',
    })
    expect(status, stderr).toBe(0)
    const lines = stdout.trim().split('\n')
    expect(lines).toHaveLength(paths.length)
    const scores = lines.map((line) => Number(line.split('\t', 1)[0]))
    expect(scores.pop()).toBeGreaterThan(500)
    const most = Math.max(...scores)
    console.log(
      `SpamAssassin: at most ${most} points for ${mails.length} mails (${lines[scores.indexOf(most)]})`,
    )
    const bad = mails.flatMap((mail, index) =>
      (scores[index] ?? Infinity) < 2 ? [] : [`${keyOf(mail)}: ${lines[index]}`],
    )
    expect(bad).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
