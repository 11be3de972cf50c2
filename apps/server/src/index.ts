export { createFrozenClock, createTestClock, systemClock, type Clock } from './clock.ts'
export { createCiclo, type Ciclo, type CicloOptions } from './createCiclo.ts'
