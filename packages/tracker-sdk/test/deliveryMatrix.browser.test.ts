import { deliveryMatrix } from './deliveryMatrix.contract.ts'

deliveryMatrix([150])
