/** Another process has inserted or erased one of the same identities meanwhile: the whole transaction must run again. */
export class IdentityRace extends Error {
  override readonly name = 'IdentityRace'
}
