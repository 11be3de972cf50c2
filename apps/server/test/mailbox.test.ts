import { connect } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { startMailbox } from '../src/mail/mailbox.ts'
import { createTestFolder } from './support/createTestFolder.ts'

it('outlives clients that break their connections in the middle of a mail', async () => {
  const folder = createTestFolder()
  onTestFinished(folder.remove)
  const mailbox = await startMailbox(folder.path, () => Date.UTC(2026, 0, 1))
  onTestFinished(() => mailbox.stop())
  const uncaught: unknown[] = []
  const listen = (error: unknown) => uncaught.push(error)
  process.on('uncaughtException', listen)
  onTestFinished(() => {
    process.off('uncaughtException', listen)
  })
  for (let client = 0; client < 4; client += 1) {
    const socket = connect(Number(new URL(mailbox.url).port), '127.0.0.1')
    await new Promise((resolve) => socket.once('data', resolve))
    for (const line of [
      'EHLO client',
      'MAIL FROM:<one@example.com>',
      'RCPT TO:<other@example.com>',
      'DATA',
    ]) {
      socket.write(`${line}\r\n`)
      await new Promise((resolve) => socket.once('data', resolve))
    }
    socket.resetAndDestroy()
    await new Promise((resolve) => socket.once('close', resolve))
  }
  const next = connect(Number(new URL(mailbox.url).port), '127.0.0.1')
  const greeting = await new Promise((resolve) => next.once('data', resolve))
  next.destroy()
  expect(String(greeting)).toMatch(/^220 /)
  expect(uncaught).toEqual([])
})
