import type { Command } from 'commander'

/** `ciclo insight`, which what all customers together say is added to. */
export function insightCommand(program: Command): Command {
  const known = program.commands.find((command) => command.name() === 'insight')
  return known ?? program.command('insight').description('What the shop’s customers together say')
}
