/// One call of one tool, for the rules' examples.
enum ToolExample {
  /// Tool and call are written in texts.
  static func shareGPT(_ arguments: String) -> String {
    #"[{"conversations": [{"from": "human", "value": "Rain?"}, {"from": "function_call", "value": "{\"name\": \"rain\", \"arguments\": \#(arguments)}"}], "tools": "[{\"name\": \"rain\", \"parameters\": {\"type\": \"object\", \"properties\": {\"city\": {\"type\": \"string\"}, \"days\": {\"type\": \"integer\"}, \"unit\": {\"type\": \"string\", \"enum\": [\"C\", \"F\"]}}, \"required\": [\"city\"]}}]"}]"#
  }

  /// Tool and call stand in the open, the arguments as a value.
  static func open(_ arguments: String) -> String {
    #"[{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "rain", "arguments": \#(arguments)}}]}], "tools": [{"type": "function", "function": {"name": "rain", "parameters": {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}, "required": ["city"]}}}]}]"#
  }
}
