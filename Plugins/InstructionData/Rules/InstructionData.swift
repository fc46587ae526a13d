package import PluginKit

/// What models learn to talk from: chats, tasks with answers, and pairs of answers of which one is better.
package let plugin = Plugin(
  id: "instruction-data", version: "0.1.0",
  rules: [
    ChatAssistantMissingOrEmpty.self,
    ChatMediaTokenCount.self,
    ChatRoleOrder.self,
    ChatRoleUnknown.self,
    ChatSchemaMixed.self,
    ChatSpecialToken.self,
    DatasetRegistryMismatch.self,
    GroundingBoxInvalid.self,
    InstructionDuplicate.self,
    PreferenceChosenEqualsRejected.self,
    PreferenceConflict.self,
    PreferencePromptDiffers.self,
    PreferenceScoreInvalid.self,
    PreferenceSetImbalance.self,
    QAMajorityWrong.self,
    SecretOrPersonalData.self,
    ToolArgumentsInvalid.self,
    ToolArgumentsMixed.self,
    ToolArgumentsSchema.self,
    ToolCallUnanswered.self,
    ToolCallUndeclared.self,
    TrainMaskInvalid.self,
  ])
