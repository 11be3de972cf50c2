import { deliveryMatrix } from './deliveryMatrix.contract.ts'

deliveryMatrix([1, 20, 80, 150])
