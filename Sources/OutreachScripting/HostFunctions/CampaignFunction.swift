import Lua

/// `campaign {…}`: declares the campaign of a file.
struct CampaignFunction: HostFunction {
  let name = "campaign"

  func call(_ arguments: borrowing Arguments, in run: ScriptRun) throws -> Value {
    guard run.campaign == nil else { throw HostError("'campaign' belongs outside 'audience' and 'decide'") }
    guard run.campaignTable == nil else {
      throw HostError("'campaign' is called a second time; a file declares one campaign")
    }
    guard case .table(let table) = try arguments.value(0) else {
      throw HostError("'campaign' takes a table: campaign { id = … }")
    }
    run.campaignTable = table
    return .object(ObjectKind.campaign.reference())
  }
}
