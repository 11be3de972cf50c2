import type { Command } from 'commander'

/** `ciclo customer`, which what concerns one customer is added to. */
export function customerCommand(program: Command): Command {
  const known = program.commands.find((command) => command.name() === 'customer')
  return known ?? program.command('customer').description('One customer')
}
