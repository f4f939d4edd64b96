// `import Outreach` gives an embedding program the domain's types together with the engine.
@_exported public import OutreachCore
@_exported public import enum OutreachDelivery.DeliveryError
@_exported public import struct OutreachDelivery.DispatchReport
@_exported public import protocol OutreachDelivery.Provider
@_exported public import enum OutreachDelivery.ProviderCatalogue
@_exported public import struct OutreachDelivery.ProviderTraits
@_exported public import class OutreachScripting.CampaignScript
@_exported public import struct OutreachScripting.Reading
@_exported public import struct OutreachScripting.ScriptFailure
@_exported public import struct OutreachScripting.ScriptFunction
@_exported public import struct OutreachScripting.ScriptFunctionError
@_exported public import enum OutreachScripting.ScriptValue
