import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './freePort.ts'

/** Where mail for a domain goes: on to a server on this port of 127.0.0.1, or to mailboxes of this machine. */
export type PostfixRoute = number | 'local'

export interface TestPostfix {
  /** smtp://127.0.0.1:port */
  url: string
  /** All that it has written about what it did with each mail. */
  log(): string
  stop(): Promise<void>
}

const START_LIMIT = 30_000
/** Every service that takes, queues, returns and hands on mail; none in a chroot, none reachable from outside. */
const SERVICES = [
  'pickup unix n - n 60 1 pickup',
  'cleanup unix n - n - 0 cleanup',
  'qmgr unix n - n 1 1 qmgr',
  'rewrite unix - - n - - trivial-rewrite',
  'bounce unix - - n - 0 bounce',
  'defer unix - - n - 0 bounce',
  'trace unix - - n - 0 bounce',
  'flush unix n - n 1000? 0 flush',
  'proxymap unix - - n - - proxymap',
  'smtp unix - - n - - smtp',
  'relay unix - - n - - smtp',
  'error unix - - n - - error',
  'retry unix - - n - - error',
  'discard unix - - n - - discard',
  'local unix - n n - - local',
  'anvil unix - - n - 1 anvil',
  'scache unix - - n - 1 scache',
  'postlog unix-dgram n - n - 1 postlogd',
]

const idOf = (flag: '-u' | '-g', user: string) => {
  const found = spawnSync('id', [flag, user], { encoding: 'utf8' })
  return found.status === 0 ? Number(found.stdout) : undefined
}

const groupOf = (name: string) => {
  const found = spawnSync('getent', ['group', name], { encoding: 'utf8' })
  return found.status === 0 ? name : undefined
}

/** Why no Postfix can run here, or undefined where it can. */
export function whyNoPostfix(): string | undefined {
  const tried = spawnSync('postconf', ['-d', '-h', 'mail_version'], { encoding: 'utf8' })
  if (tried.error) return `Postfix is not installed (${tried.error.message})`
  if (process.getuid?.() !== 0) return 'Postfix starts as root only'
  if (idOf('-u', 'postfix') === undefined || groupOf('postdrop') === undefined)
    return 'Postfix has no user postfix or no group postdrop here'
  return undefined
}

const setting = (name: string) =>
  spawnSync('postconf', ['-d', '-h', name], { encoding: 'utf8' }).stdout.trim()

async function isAnswering(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    const [greeting] = (await once(socket, 'data')) as [Buffer]
    return greeting.toString().startsWith('220 ')
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/**
 * A real Postfix of the test's own, beside any other one on the machine: own settings, queue and port on 127.0.0.1.
 * It asks no DNS, and lets nothing out: mail goes where `routes` say, and for any other domain it comes back.
 * What it cannot deliver it returns to the envelope sender, as a mail server on the internet does.
 */
export async function startPostfix(routes: Readonly<Record<string, PostfixRoute>>): Promise<TestPostfix> {
  const folder = mkdtempSync(join(tmpdir(), 'ciclo-postfix-'))
  chmodSync(folder, 0o755)
  const [settings, queue, data, log] = ['settings', 'queue', 'data', 'mail.log'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string]
  for (const path of [settings, queue, data]) mkdirSync(path, { mode: 0o755 })
  chownSync(data, idOf('-u', 'postfix') ?? 0, idOf('-g', 'postfix') ?? 0)
  const port = await freePort()

  const domains = Object.entries(routes)
  const local = domains.filter(([, route]) => route === 'local').map(([domain]) => domain)
  const relayed = domains.flatMap(([domain, route]) =>
    route === 'local' ? [] : [`${domain} smtp:[127.0.0.1]:${route}`],
  )
  writeFileSync(join(settings, 'transport'), `${relayed.join('\n')}\n`)
  writeFileSync(join(settings, 'aliases'), '')
  writeFileSync(
    join(settings, 'main.cf'),
    Object.entries({
      compatibility_level: '3.6',
      queue_directory: queue,
      data_directory: data,
      daemon_directory: setting('daemon_directory'),
      command_directory: setting('command_directory'),
      mail_owner: 'postfix',
      setgid_group: 'postdrop',
      maillog_file: log,
      maillog_file_prefixes: folder,
      myhostname: 'mx.postfix.example',
      inet_interfaces: '127.0.0.1',
      inet_protocols: 'ipv4',
      mynetworks: '127.0.0.0/8',
      mydestination: local.join(', '),
      alias_maps: `texthash:${join(settings, 'aliases')}`,
      // It takes mail for mailboxes that there are not, and only then returns it: what a test of bounces needs.
      local_recipient_maps: '',
      smtpd_recipient_restrictions: 'permit_mynetworks, reject',
      smtpd_peername_lookup: 'no',
      disable_dns_lookups: 'yes',
      smtp_dns_support_level: 'disabled',
      smtp_host_lookup: 'native',
      transport_maps: `texthash:${join(settings, 'transport')}`,
      default_transport: 'error:5.1.2 No mail leaves this machine',
      smtp_tls_security_level: 'none',
      smtpd_tls_security_level: 'none',
      minimal_backoff_time: '1s',
      maximal_backoff_time: '2s',
      queue_run_delay: '1s',
      notify_classes: '',
    })
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(''),
  )
  const services = [`127.0.0.1:${port} inet n - n - - smtpd`, ...SERVICES]
  writeFileSync(join(settings, 'master.cf'), `${services.join('\n')}\n`)

  const written = () => {
    try {
      return readFileSync(log, 'utf8')
    } catch {
      return ''
    }
  }
  let output = ''
  const child = spawn('postfix', ['-c', settings, 'start-fg'], { stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const ended = once(child, 'close')
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const endAtOnce = () => {
    if (!hasEnded()) spawnSync('postfix', ['-c', settings, 'abort'])
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', endAtOnce)
  const stop = async () => {
    if (!hasEnded()) spawnSync('postfix', ['-c', settings, 'stop'])
    await ended
    process.off('exit', endAtOnce)
    rmSync(folder, { recursive: true, force: true })
  }

  const deadline = performance.now() + START_LIMIT
  while (!(await isAnswering(port))) {
    if (hasEnded() || performance.now() > deadline) {
      const said = `${output}\n${written()}`
      await stop()
      throw new Error(`Postfix did not start on 127.0.0.1:${port}. It said: ${said}`)
    }
    await wait(20)
  }
  return { url: `smtp://127.0.0.1:${port}`, log: written, stop }
}
