/** Uses in an emergency as the product begins with them. A regime that says nothing of its own about them is held to these. Clause 4.9. */

import type { EmergencyRules } from "./emergency-shape.ts"
import type { Regime } from "./regime-shape.ts"

const emergencyV1: EmergencyRules = {
  code: "emergency.household",
  fields: ["phone", "landline", "emergency_contact", "title"],
  minutes: 30,
  reviewHours: 24,
  tellHours: 24,
  lookSeconds: 30,
}

export function emergencyOf(regime: Regime): EmergencyRules {
  return regime.emergency ?? emergencyV1
}
