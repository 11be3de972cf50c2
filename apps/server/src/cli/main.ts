import { Command, CommanderError } from 'commander'
import { CicloError } from '../errors.ts'
import { addCampaignCommands } from './campaignCommands.ts'
import { addConnectionCommands } from './connectionCommands.ts'
import { addConsentCommands } from './consentCommands.ts'
import { addCouponCommands } from './couponCommands.ts'
import { addSenderCommands } from './senderCommands.ts'
import { addCustomerCommands } from './customerCommands.ts'
import { addDataCommands } from './dataCommands.ts'
import { addFeedbackCommands } from './feedbackCommands.ts'
import { addGapsCommand } from './gapsCommand.ts'
import { addIdentityKeyCommand } from './identityKeyCommand.ts'
import { addBackupCommand } from './backupCommand.ts'
import { addDoctorCommand } from './doctorCommand.ts'
import { addImportCommand } from './importCommand.ts'
import { addImageCommands } from './imageCommands.ts'
import { addInsightCommands } from './insightCommands.ts'
import { addJourneyCommands } from './journeyCommands.ts'
import { addModelCommands } from './modelCommands.ts'
import { addOnsiteCommands } from './onsiteCommands.ts'
import { addParkedCommands } from './parkedCommands.ts'
import { addProductCommands } from './productCommands.ts'
import { addPullCommands } from './pullCommands.ts'
import { addRecommendationCommands } from './recommendationCommands.ts'
import { addReportCommand } from './reportCommands.ts'
import { addRestoreCommand } from './restoreCommand.ts'
import { addSegmentCommands } from './segmentCommands.ts'
import { addSuppressionCommands } from './suppressionCommands.ts'
import { addSettingsCommand } from './settingsCommand.ts'
import { processSurroundings, type Surroundings } from './surroundings.ts'
import { addTemplateCommands } from './templateCommands.ts'
import { addUserCommands } from './userCommands.ts'
import { addWebhookCommands } from './webhookCommands.ts'

/**
 * The command line: `ciclo start`, `ciclo import orders <file>`.
 *
 * @param argv the arguments after the program's name
 * @returns the exit code: 0 when all went well, 1 when the command could not be carried out; a command's --help names
 * its others
 */
export async function runCli(
  argv: readonly string[],
  surroundings: Surroundings = processSurroundings(),
): Promise<number> {
  const { say, warn } = surroundings
  let exitCode = 0
  const program = new Command('ciclo')
    .description('Ciclo: lifecycle marketing for online shops')
    .exitOverride()
    .showHelpAfterError('(--help shows what there is)')
    .configureOutput({
      writeOut: (text) => say(text.trimEnd()),
      writeErr: (text) => warn(text.trimEnd()),
    })
  program
    .command('start')
    .description('Run the server, without the demo shop, until it is interrupted')
    .action(async () => {
      // The server brings the built tracker and every template along, which no other command needs.
      const { main } = await import('../main.ts')
      await main({ demo: false })
      exitCode = Number(process.exitCode ?? 0)
    })
  const exitWith = (code: number) => {
    exitCode = code
  }
  addImportCommand(program, surroundings, exitWith)
  addBackupCommand(program, surroundings, exitWith)
  addRestoreCommand(program, surroundings, exitWith)
  addDoctorCommand(program, surroundings, exitWith)
  addIdentityKeyCommand(program, surroundings)
  addSettingsCommand(program, surroundings)
  addDataCommands(program, surroundings, exitWith)
  addPullCommands(addConnectionCommands(program, surroundings), surroundings)
  addConsentCommands(program, surroundings, exitWith)
  addParkedCommands(program, surroundings, exitWith)
  addProductCommands(program, surroundings, exitWith)
  addInsightCommands(program, surroundings)
  addSegmentCommands(program, surroundings)
  addCustomerCommands(program, surroundings)
  addGapsCommand(program, surroundings)
  addModelCommands(program, surroundings)
  addRecommendationCommands(program, surroundings)
  addReportCommand(program, surroundings)
  addJourneyCommands(program, surroundings, exitWith)
  addCouponCommands(program, surroundings, exitWith)
  addCampaignCommands(program, surroundings, exitWith)
  addImageCommands(program, surroundings, exitWith)
  addOnsiteCommands(program, surroundings, exitWith)
  addSenderCommands(program, surroundings, exitWith)
  addTemplateCommands(program, surroundings, exitWith)
  addWebhookCommands(program, surroundings)
  addUserCommands(program, surroundings)
  addSuppressionCommands(program, surroundings, exitWith)
  addFeedbackCommands(program, surroundings)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    // Commander has already said what is wrong; asking for help is no error.
    if (error instanceof CommanderError) return error.exitCode
    warn(error instanceof CicloError ? error.message : String(error instanceof Error ? error.stack : error))
    return 1
  }
}
