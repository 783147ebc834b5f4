/** What traces name as the purpose of a use in an emergency; no purpose of the matrix, for nothing is collected for it. */
export const purposeOfEmergency = "emergency"
