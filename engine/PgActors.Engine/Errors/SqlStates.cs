namespace PgActors;

/// <summary>
/// The SQLSTATEs of PostgreSQL 18 (documentation, Appendix A "PostgreSQL Error Codes"), each with its condition name as PL/pgSQL spells it.
/// Extensions and RAISE may use others. Compare with <see cref="PgError.SqlState"/>.
/// </summary>
public static partial class SqlStates
{
    /// <summary>successful_completion (class 00, successful completion): all went well.</summary>
    public const string SuccessfulCompletion = "00000";

    /// <summary>warning (class 01, warning).</summary>
    public const string Warning = "01000";
    /// <summary>dynamic_result_sets_returned (class 01, warning).</summary>
    public const string DynamicResultSetsReturned = "0100C";
    /// <summary>implicit_zero_bit_padding (class 01, warning).</summary>
    public const string ImplicitZeroBitPadding = "01008";
    /// <summary>null_value_eliminated_in_set_function (class 01, warning).</summary>
    public const string NullValueEliminatedInSetFunction = "01003";
    /// <summary>privilege_not_granted (class 01, warning).</summary>
    public const string PrivilegeNotGranted = "01007";
    /// <summary>privilege_not_revoked (class 01, warning).</summary>
    public const string PrivilegeNotRevoked = "01006";
    /// <summary>string_data_right_truncation (class 01, warning).</summary>
    public const string WarningStringDataRightTruncation = "01004";
    /// <summary>deprecated_feature (class 01, warning).</summary>
    public const string DeprecatedFeature = "01P01";

    /// <summary>no_data (class 02, no data).</summary>
    public const string NoData = "02000";
    /// <summary>no_additional_dynamic_result_sets_returned (class 02, no data).</summary>
    public const string NoAdditionalDynamicResultSetsReturned = "02001";

    /// <summary>sql_statement_not_yet_complete (class 03, SQL Statement Not Yet Complete).</summary>
    public const string SqlStatementNotYetComplete = "03000";

    /// <summary>connection_exception (class 08, connection exception): retry on a new connection.</summary>
    public const string ConnectionException = "08000";
    /// <summary>connection_does_not_exist (class 08, connection exception): retry on a new connection.</summary>
    public const string ConnectionDoesNotExist = "08003";
    /// <summary>connection_failure (class 08, connection exception): retry on a new connection.</summary>
    public const string ConnectionFailure = "08006";
    /// <summary>sqlclient_unable_to_establish_sqlconnection (class 08, connection exception): retry on a new connection.</summary>
    public const string SqlClientUnableToEstablishSqlConnection = "08001";
    /// <summary>sqlserver_rejected_establishment_of_sqlconnection (class 08, connection exception): retry on a new connection.</summary>
    public const string SqlServerRejectedEstablishmentOfSqlConnection = "08004";
    /// <summary>transaction_resolution_unknown (class 08, connection exception): the outcome of the transaction is unknown.</summary>
    public const string TransactionResolutionUnknown = "08007";
    /// <summary>protocol_violation (class 08, connection exception): the two sides disagree about the protocol; comes as ERROR and as
    /// FATAL.</summary>
    public const string ProtocolViolation = "08P01";

    /// <summary>triggered_action_exception (class 09, triggered action exception).</summary>
    public const string TriggeredActionException = "09000";

    /// <summary>feature_not_supported (class 0A, feature not supported): also "cached plan must not change result type" after
    /// DDL.</summary>
    public const string FeatureNotSupported = "0A000";

    /// <summary>invalid_transaction_initiation (class 0B, invalid transaction initiation).</summary>
    public const string InvalidTransactionInitiation = "0B000";

    /// <summary>locator_exception (class 0F, locator exception).</summary>
    public const string LocatorException = "0F000";
    /// <summary>invalid_locator_specification (class 0F, locator exception).</summary>
    public const string InvalidLocatorSpecification = "0F001";

    /// <summary>invalid_grantor (class 0L, invalid grantor).</summary>
    public const string InvalidGrantor = "0L000";
    /// <summary>invalid_grant_operation (class 0L, invalid grantor).</summary>
    public const string InvalidGrantOperation = "0LP01";

    /// <summary>invalid_role_specification (class 0P, invalid role specification).</summary>
    public const string InvalidRoleSpecification = "0P000";

    /// <summary>diagnostics_exception (class 0Z, diagnostics exception).</summary>
    public const string DiagnosticsException = "0Z000";
    /// <summary>stacked_diagnostics_accessed_without_active_handler (class 0Z, diagnostics exception).</summary>
    public const string StackedDiagnosticsAccessedWithoutActiveHandler = "0Z002";

    /// <summary>invalid_argument_for_xquery (class 10, XQuery Error): since 18.</summary>
    public const string InvalidArgumentForXQuery = "10608";

    /// <summary>case_not_found (class 20, case not found).</summary>
    public const string CaseNotFound = "20000";

    /// <summary>cardinality_violation (class 21, cardinality violation).</summary>
    public const string CardinalityViolation = "21000";

    /// <summary>data_exception (class 22, data exception).</summary>
    public const string DataException = "22000";
    /// <summary>array_subscript_error (class 22, data exception).</summary>
    public const string ArraySubscriptError = "2202E";
    /// <summary>character_not_in_repertoire (class 22, data exception): bytes that are no text in the encoding, or NUL.</summary>
    public const string CharacterNotInRepertoire = "22021";
    /// <summary>datetime_field_overflow (class 22, data exception).</summary>
    public const string DateTimeFieldOverflow = "22008";
    /// <summary>division_by_zero (class 22, data exception).</summary>
    public const string DivisionByZero = "22012";
    /// <summary>error_in_assignment (class 22, data exception).</summary>
    public const string ErrorInAssignment = "22005";
    /// <summary>escape_character_conflict (class 22, data exception).</summary>
    public const string EscapeCharacterConflict = "2200B";
    /// <summary>indicator_overflow (class 22, data exception).</summary>
    public const string IndicatorOverflow = "22022";
    /// <summary>interval_field_overflow (class 22, data exception).</summary>
    public const string IntervalFieldOverflow = "22015";
    /// <summary>invalid_argument_for_logarithm (class 22, data exception).</summary>
    public const string InvalidArgumentForLogarithm = "2201E";
    /// <summary>invalid_argument_for_ntile_function (class 22, data exception).</summary>
    public const string InvalidArgumentForNtileFunction = "22014";
    /// <summary>invalid_argument_for_nth_value_function (class 22, data exception).</summary>
    public const string InvalidArgumentForNthValueFunction = "22016";
    /// <summary>invalid_argument_for_power_function (class 22, data exception).</summary>
    public const string InvalidArgumentForPowerFunction = "2201F";
    /// <summary>invalid_argument_for_width_bucket_function (class 22, data exception).</summary>
    public const string InvalidArgumentForWidthBucketFunction = "2201G";
    /// <summary>invalid_character_value_for_cast (class 22, data exception).</summary>
    public const string InvalidCharacterValueForCast = "22018";
    /// <summary>invalid_datetime_format (class 22, data exception).</summary>
    public const string InvalidDateTimeFormat = "22007";
    /// <summary>invalid_escape_character (class 22, data exception).</summary>
    public const string InvalidEscapeCharacter = "22019";
    /// <summary>invalid_escape_octet (class 22, data exception).</summary>
    public const string InvalidEscapeOctet = "2200D";
    /// <summary>invalid_escape_sequence (class 22, data exception).</summary>
    public const string InvalidEscapeSequence = "22025";
    /// <summary>nonstandard_use_of_escape_character (class 22, data exception).</summary>
    public const string NonstandardUseOfEscapeCharacter = "22P06";
    /// <summary>invalid_indicator_parameter_value (class 22, data exception).</summary>
    public const string InvalidIndicatorParameterValue = "22010";
    /// <summary>invalid_parameter_value (class 22, data exception): also a format code other than text and binary.</summary>
    public const string InvalidParameterValue = "22023";
    /// <summary>invalid_preceding_or_following_size (class 22, data exception).</summary>
    public const string InvalidPrecedingOrFollowingSize = "22013";
    /// <summary>invalid_regular_expression (class 22, data exception).</summary>
    public const string InvalidRegularExpression = "2201B";
    /// <summary>invalid_row_count_in_limit_clause (class 22, data exception).</summary>
    public const string InvalidRowCountInLimitClause = "2201W";
    /// <summary>invalid_row_count_in_result_offset_clause (class 22, data exception).</summary>
    public const string InvalidRowCountInResultOffsetClause = "2201X";
    /// <summary>invalid_tablesample_argument (class 22, data exception).</summary>
    public const string InvalidTableSampleArgument = "2202H";
    /// <summary>invalid_tablesample_repeat (class 22, data exception).</summary>
    public const string InvalidTableSampleRepeat = "2202G";
    /// <summary>invalid_time_zone_displacement_value (class 22, data exception).</summary>
    public const string InvalidTimeZoneDisplacementValue = "22009";
    /// <summary>invalid_use_of_escape_character (class 22, data exception).</summary>
    public const string InvalidUseOfEscapeCharacter = "2200C";
    /// <summary>most_specific_type_mismatch (class 22, data exception).</summary>
    public const string MostSpecificTypeMismatch = "2200G";
    /// <summary>null_value_not_allowed (class 22, data exception).</summary>
    public const string NullValueNotAllowed = "22004";
    /// <summary>null_value_no_indicator_parameter (class 22, data exception).</summary>
    public const string NullValueNoIndicatorParameter = "22002";
    /// <summary>numeric_value_out_of_range (class 22, data exception): a number does not fit its type.</summary>
    public const string NumericValueOutOfRange = "22003";
    /// <summary>sequence_generator_limit_exceeded (class 22, data exception).</summary>
    public const string SequenceGeneratorLimitExceeded = "2200H";
    /// <summary>string_data_length_mismatch (class 22, data exception).</summary>
    public const string StringDataLengthMismatch = "22026";
    /// <summary>string_data_right_truncation (class 22, data exception): a value is longer than its column allows.</summary>
    public const string StringDataRightTruncation = "22001";
    /// <summary>substring_error (class 22, data exception).</summary>
    public const string SubstringError = "22011";
    /// <summary>trim_error (class 22, data exception).</summary>
    public const string TrimError = "22027";
    /// <summary>unterminated_c_string (class 22, data exception).</summary>
    public const string UnterminatedCString = "22024";
    /// <summary>zero_length_character_string (class 22, data exception).</summary>
    public const string ZeroLengthCharacterString = "2200F";
    /// <summary>floating_point_exception (class 22, data exception).</summary>
    public const string FloatingPointException = "22P01";
    /// <summary>invalid_text_representation (class 22, data exception): text that is no value of its type.</summary>
    public const string InvalidTextRepresentation = "22P02";
    /// <summary>invalid_binary_representation (class 22, data exception): bytes that are no value of its type.</summary>
    public const string InvalidBinaryRepresentation = "22P03";
    /// <summary>bad_copy_file_format (class 22, data exception).</summary>
    public const string BadCopyFileFormat = "22P04";
    /// <summary>untranslatable_character (class 22, data exception).</summary>
    public const string UntranslatableCharacter = "22P05";
    /// <summary>not_an_xml_document (class 22, data exception).</summary>
    public const string NotAnXmlDocument = "2200L";
    /// <summary>invalid_xml_document (class 22, data exception).</summary>
    public const string InvalidXmlDocument = "2200M";
    /// <summary>invalid_xml_content (class 22, data exception).</summary>
    public const string InvalidXmlContent = "2200N";
    /// <summary>invalid_xml_comment (class 22, data exception).</summary>
    public const string InvalidXmlComment = "2200S";
    /// <summary>invalid_xml_processing_instruction (class 22, data exception).</summary>
    public const string InvalidXmlProcessingInstruction = "2200T";
    /// <summary>duplicate_json_object_key_value (class 22, data exception).</summary>
    public const string DuplicateJsonObjectKeyValue = "22030";
    /// <summary>invalid_argument_for_sql_json_datetime_function (class 22, data exception).</summary>
    public const string InvalidArgumentForSqlJsonDateTimeFunction = "22031";
    /// <summary>invalid_json_text (class 22, data exception).</summary>
    public const string InvalidJsonText = "22032";
    /// <summary>invalid_sql_json_subscript (class 22, data exception).</summary>
    public const string InvalidSqlJsonSubscript = "22033";
    /// <summary>more_than_one_sql_json_item (class 22, data exception).</summary>
    public const string MoreThanOneSqlJsonItem = "22034";
    /// <summary>no_sql_json_item (class 22, data exception).</summary>
    public const string NoSqlJsonItem = "22035";
    /// <summary>non_numeric_sql_json_item (class 22, data exception).</summary>
    public const string NonNumericSqlJsonItem = "22036";
    /// <summary>non_unique_keys_in_a_json_object (class 22, data exception).</summary>
    public const string NonUniqueKeysInAJsonObject = "22037";
    /// <summary>singleton_sql_json_item_required (class 22, data exception).</summary>
    public const string SingletonSqlJsonItemRequired = "22038";
    /// <summary>sql_json_array_not_found (class 22, data exception).</summary>
    public const string SqlJsonArrayNotFound = "22039";
    /// <summary>sql_json_member_not_found (class 22, data exception).</summary>
    public const string SqlJsonMemberNotFound = "2203A";
    /// <summary>sql_json_number_not_found (class 22, data exception).</summary>
    public const string SqlJsonNumberNotFound = "2203B";
    /// <summary>sql_json_object_not_found (class 22, data exception).</summary>
    public const string SqlJsonObjectNotFound = "2203C";
    /// <summary>too_many_json_array_elements (class 22, data exception).</summary>
    public const string TooManyJsonArrayElements = "2203D";
    /// <summary>too_many_json_object_members (class 22, data exception).</summary>
    public const string TooManyJsonObjectMembers = "2203E";
    /// <summary>sql_json_scalar_required (class 22, data exception).</summary>
    public const string SqlJsonScalarRequired = "2203F";
    /// <summary>sql_json_item_cannot_be_cast_to_target_type (class 22, data exception).</summary>
    public const string SqlJsonItemCannotBeCastToTargetType = "2203G";

    /// <summary>integrity_constraint_violation (class 23, integrity constraint violation).</summary>
    public const string IntegrityConstraintViolation = "23000";
    /// <summary>restrict_violation (class 23, integrity constraint violation): names schema, table and constraint; since 18 for a real
    /// RESTRICT only.</summary>
    public const string RestrictViolation = "23001";
    /// <summary>not_null_violation (class 23, integrity constraint violation): names schema, table and column, or the domain.</summary>
    public const string NotNullViolation = "23502";
    /// <summary>foreign_key_violation (class 23, integrity constraint violation): names schema, referencing table and constraint.</summary>
    public const string ForeignKeyViolation = "23503";
    /// <summary>unique_violation (class 23, integrity constraint violation): names schema, table and constraint.</summary>
    public const string UniqueViolation = "23505";
    /// <summary>check_violation (class 23, integrity constraint violation): names schema, table or domain, and constraint.</summary>
    public const string CheckViolation = "23514";
    /// <summary>exclusion_violation (class 23, integrity constraint violation): names schema, table and constraint.</summary>
    public const string ExclusionViolation = "23P01";

    /// <summary>invalid_cursor_state (class 24, invalid cursor state).</summary>
    public const string InvalidCursorState = "24000";

    /// <summary>invalid_transaction_state (class 25, invalid transaction state).</summary>
    public const string InvalidTransactionState = "25000";
    /// <summary>active_sql_transaction (class 25, invalid transaction state).</summary>
    public const string ActiveSqlTransaction = "25001";
    /// <summary>branch_transaction_already_active (class 25, invalid transaction state).</summary>
    public const string BranchTransactionAlreadyActive = "25002";
    /// <summary>held_cursor_requires_same_isolation_level (class 25, invalid transaction state).</summary>
    public const string HeldCursorRequiresSameIsolationLevel = "25008";
    /// <summary>inappropriate_access_mode_for_branch_transaction (class 25, invalid transaction state).</summary>
    public const string InappropriateAccessModeForBranchTransaction = "25003";
    /// <summary>inappropriate_isolation_level_for_branch_transaction (class 25, invalid transaction state).</summary>
    public const string InappropriateIsolationLevelForBranchTransaction = "25004";
    /// <summary>no_active_sql_transaction_for_branch_transaction (class 25, invalid transaction state).</summary>
    public const string NoActiveSqlTransactionForBranchTransaction = "25005";
    /// <summary>read_only_sql_transaction (class 25, invalid transaction state): a write on a standby or in READ ONLY; connect to a
    /// writable host.</summary>
    public const string ReadOnlySqlTransaction = "25006";
    /// <summary>schema_and_data_statement_mixing_not_supported (class 25, invalid transaction state).</summary>
    public const string SchemaAndDataStatementMixingNotSupported = "25007";
    /// <summary>no_active_sql_transaction (class 25, invalid transaction state).</summary>
    public const string NoActiveSqlTransaction = "25P01";
    /// <summary>in_failed_sql_transaction (class 25, invalid transaction state): the symptom of an earlier error in the block; roll
    /// back.</summary>
    public const string InFailedSqlTransaction = "25P02";
    /// <summary>idle_in_transaction_session_timeout (class 25, invalid transaction state): FATAL:
    /// idle_in_transaction_session_timeout.</summary>
    public const string IdleInTransactionSessionTimeout = "25P03";
    /// <summary>transaction_timeout (class 25, invalid transaction state): FATAL: transaction_timeout (since 17).</summary>
    public const string TransactionTimeout = "25P04";

    /// <summary>invalid_sql_statement_name (class 26, invalid sql statement name): the prepared statement does not exist; prepare it
    /// again.</summary>
    public const string InvalidSqlStatementName = "26000";

    /// <summary>triggered_data_change_violation (class 27, triggered data change violation).</summary>
    public const string TriggeredDataChangeViolation = "27000";

    /// <summary>invalid_authorization_specification (class 28, invalid authorization specification): no pg_hba.conf entry, or the role
    /// may not log in.</summary>
    public const string InvalidAuthorizationSpecification = "28000";
    /// <summary>invalid_password (class 28, invalid authorization specification): wrong password.</summary>
    public const string InvalidPassword = "28P01";

    /// <summary>dependent_privilege_descriptors_still_exist (class 2B, dependent privilege descriptors still exist).</summary>
    public const string DependentPrivilegeDescriptorsStillExist = "2B000";
    /// <summary>dependent_objects_still_exist (class 2B, dependent privilege descriptors still exist).</summary>
    public const string DependentObjectsStillExist = "2BP01";

    /// <summary>invalid_transaction_termination (class 2D, invalid transaction termination).</summary>
    public const string InvalidTransactionTermination = "2D000";

    /// <summary>sql_routine_exception (class 2F, SQL Routine Exception).</summary>
    public const string SqlRoutineException = "2F000";
    /// <summary>function_executed_no_return_statement (class 2F, SQL Routine Exception).</summary>
    public const string FunctionExecutedNoReturnStatement = "2F005";
    /// <summary>modifying_sql_data_not_permitted (class 2F, SQL Routine Exception).</summary>
    public const string ModifyingSqlDataNotPermitted = "2F002";
    /// <summary>prohibited_sql_statement_attempted (class 2F, SQL Routine Exception).</summary>
    public const string ProhibitedSqlStatementAttempted = "2F003";
    /// <summary>reading_sql_data_not_permitted (class 2F, SQL Routine Exception).</summary>
    public const string ReadingSqlDataNotPermitted = "2F004";

    /// <summary>invalid_cursor_name (class 34, invalid cursor name): the portal does not exist.</summary>
    public const string InvalidCursorName = "34000";

    /// <summary>external_routine_exception (class 38, external routine exception).</summary>
    public const string ExternalRoutineException = "38000";
    /// <summary>containing_sql_not_permitted (class 38, external routine exception).</summary>
    public const string ContainingSqlNotPermitted = "38001";
    /// <summary>modifying_sql_data_not_permitted (class 38, external routine exception).</summary>
    public const string ExternalRoutineModifyingSqlDataNotPermitted = "38002";
    /// <summary>prohibited_sql_statement_attempted (class 38, external routine exception).</summary>
    public const string ExternalRoutineProhibitedSqlStatementAttempted = "38003";
    /// <summary>reading_sql_data_not_permitted (class 38, external routine exception).</summary>
    public const string ExternalRoutineReadingSqlDataNotPermitted = "38004";

    /// <summary>external_routine_invocation_exception (class 39, external routine invocation exception).</summary>
    public const string ExternalRoutineInvocationException = "39000";
    /// <summary>invalid_sqlstate_returned (class 39, external routine invocation exception).</summary>
    public const string InvalidSqlStateReturned = "39001";
    /// <summary>null_value_not_allowed (class 39, external routine invocation exception).</summary>
    public const string ExternalRoutineNullValueNotAllowed = "39004";
    /// <summary>trigger_protocol_violated (class 39, external routine invocation exception).</summary>
    public const string TriggerProtocolViolated = "39P01";
    /// <summary>srf_protocol_violated (class 39, external routine invocation exception).</summary>
    public const string SrfProtocolViolated = "39P02";
    /// <summary>event_trigger_protocol_violated (class 39, external routine invocation exception).</summary>
    public const string EventTriggerProtocolViolated = "39P03";

    /// <summary>savepoint_exception (class 3B, savepoint exception).</summary>
    public const string SavepointException = "3B000";
    /// <summary>invalid_savepoint_specification (class 3B, savepoint exception).</summary>
    public const string InvalidSavepointSpecification = "3B001";

    /// <summary>invalid_catalog_name (class 3D, invalid catalog name): no such database.</summary>
    public const string InvalidCatalogName = "3D000";

    /// <summary>invalid_schema_name (class 3F, invalid schema name): no such schema.</summary>
    public const string InvalidSchemaName = "3F000";

    /// <summary>transaction_rollback (class 40, transaction rollback).</summary>
    public const string TransactionRollback = "40000";
    /// <summary>transaction_integrity_constraint_violation (class 40, transaction rollback).</summary>
    public const string TransactionIntegrityConstraintViolation = "40002";
    /// <summary>serialization_failure (class 40, transaction rollback): retry the whole transaction; also a standby's conflict with
    /// recovery.</summary>
    public const string SerializationFailure = "40001";
    /// <summary>statement_completion_unknown (class 40, transaction rollback): the outcome of the statement is unknown.</summary>
    public const string StatementCompletionUnknown = "40003";
    /// <summary>deadlock_detected (class 40, transaction rollback): retry the whole transaction.</summary>
    public const string DeadlockDetected = "40P01";

    /// <summary>syntax_error_or_access_rule_violation (class 42, syntax error or access rule violation).</summary>
    public const string SyntaxErrorOrAccessRuleViolation = "42000";
    /// <summary>syntax_error (class 42, syntax error or access rule violation).</summary>
    public const string SyntaxError = "42601";
    /// <summary>insufficient_privilege (class 42, syntax error or access rule violation): permission denied.</summary>
    public const string InsufficientPrivilege = "42501";
    /// <summary>cannot_coerce (class 42, syntax error or access rule violation).</summary>
    public const string CannotCoerce = "42846";
    /// <summary>grouping_error (class 42, syntax error or access rule violation).</summary>
    public const string GroupingError = "42803";
    /// <summary>windowing_error (class 42, syntax error or access rule violation).</summary>
    public const string WindowingError = "42P20";
    /// <summary>invalid_recursion (class 42, syntax error or access rule violation).</summary>
    public const string InvalidRecursion = "42P19";
    /// <summary>invalid_foreign_key (class 42, syntax error or access rule violation).</summary>
    public const string InvalidForeignKey = "42830";
    /// <summary>invalid_name (class 42, syntax error or access rule violation).</summary>
    public const string InvalidName = "42602";
    /// <summary>name_too_long (class 42, syntax error or access rule violation).</summary>
    public const string NameTooLong = "42622";
    /// <summary>reserved_name (class 42, syntax error or access rule violation).</summary>
    public const string ReservedName = "42939";
    /// <summary>datatype_mismatch (class 42, syntax error or access rule violation).</summary>
    public const string DatatypeMismatch = "42804";
    /// <summary>indeterminate_datatype (class 42, syntax error or access rule violation): the type of a parameter cannot be
    /// inferred.</summary>
    public const string IndeterminateDatatype = "42P18";
    /// <summary>collation_mismatch (class 42, syntax error or access rule violation).</summary>
    public const string CollationMismatch = "42P21";
    /// <summary>indeterminate_collation (class 42, syntax error or access rule violation).</summary>
    public const string IndeterminateCollation = "42P22";
    /// <summary>wrong_object_type (class 42, syntax error or access rule violation).</summary>
    public const string WrongObjectType = "42809";
    /// <summary>generated_always (class 42, syntax error or access rule violation).</summary>
    public const string GeneratedAlways = "428C9";
    /// <summary>undefined_column (class 42, syntax error or access rule violation): no such column.</summary>
    public const string UndefinedColumn = "42703";
    /// <summary>undefined_function (class 42, syntax error or access rule violation): no such function or operator.</summary>
    public const string UndefinedFunction = "42883";
    /// <summary>undefined_table (class 42, syntax error or access rule violation): no such table.</summary>
    public const string UndefinedTable = "42P01";
    /// <summary>undefined_parameter (class 42, syntax error or access rule violation).</summary>
    public const string UndefinedParameter = "42P02";
    /// <summary>undefined_object (class 42, syntax error or access rule violation): no such type, role, setting or other object.</summary>
    public const string UndefinedObject = "42704";
    /// <summary>duplicate_column (class 42, syntax error or access rule violation).</summary>
    public const string DuplicateColumn = "42701";
    /// <summary>duplicate_cursor (class 42, syntax error or access rule violation): the name of a portal is taken.</summary>
    public const string DuplicateCursor = "42P03";
    /// <summary>duplicate_database (class 42, syntax error or access rule violation).</summary>
    public const string DuplicateDatabase = "42P04";
    /// <summary>duplicate_function (class 42, syntax error or access rule violation).</summary>
    public const string DuplicateFunction = "42723";
    /// <summary>duplicate_prepared_statement (class 42, syntax error or access rule violation): the name of a prepared statement is
    /// taken; behind a pooler perhaps by someone else.</summary>
    public const string DuplicatePreparedStatement = "42P05";
    /// <summary>duplicate_schema (class 42, syntax error or access rule violation).</summary>
    public const string DuplicateSchema = "42P06";
    /// <summary>duplicate_table (class 42, syntax error or access rule violation).</summary>
    public const string DuplicateTable = "42P07";
    /// <summary>duplicate_alias (class 42, syntax error or access rule violation).</summary>
    public const string DuplicateAlias = "42712";
    /// <summary>duplicate_object (class 42, syntax error or access rule violation).</summary>
    public const string DuplicateObject = "42710";
    /// <summary>ambiguous_column (class 42, syntax error or access rule violation).</summary>
    public const string AmbiguousColumn = "42702";
    /// <summary>ambiguous_function (class 42, syntax error or access rule violation).</summary>
    public const string AmbiguousFunction = "42725";
    /// <summary>ambiguous_parameter (class 42, syntax error or access rule violation).</summary>
    public const string AmbiguousParameter = "42P08";
    /// <summary>ambiguous_alias (class 42, syntax error or access rule violation).</summary>
    public const string AmbiguousAlias = "42P09";
    /// <summary>invalid_column_reference (class 42, syntax error or access rule violation).</summary>
    public const string InvalidColumnReference = "42P10";
    /// <summary>invalid_column_definition (class 42, syntax error or access rule violation).</summary>
    public const string InvalidColumnDefinition = "42611";
    /// <summary>invalid_cursor_definition (class 42, syntax error or access rule violation).</summary>
    public const string InvalidCursorDefinition = "42P11";
    /// <summary>invalid_database_definition (class 42, syntax error or access rule violation).</summary>
    public const string InvalidDatabaseDefinition = "42P12";
    /// <summary>invalid_function_definition (class 42, syntax error or access rule violation).</summary>
    public const string InvalidFunctionDefinition = "42P13";
    /// <summary>invalid_prepared_statement_definition (class 42, syntax error or access rule violation).</summary>
    public const string InvalidPreparedStatementDefinition = "42P14";
    /// <summary>invalid_schema_definition (class 42, syntax error or access rule violation).</summary>
    public const string InvalidSchemaDefinition = "42P15";
    /// <summary>invalid_table_definition (class 42, syntax error or access rule violation).</summary>
    public const string InvalidTableDefinition = "42P16";
    /// <summary>invalid_object_definition (class 42, syntax error or access rule violation).</summary>
    public const string InvalidObjectDefinition = "42P17";

    /// <summary>with_check_option_violation (class 44, WITH CHECK OPTION Violation).</summary>
    public const string WithCheckOptionViolation = "44000";

    /// <summary>insufficient_resources (class 53, insufficient resources).</summary>
    public const string InsufficientResources = "53000";
    /// <summary>disk_full (class 53, insufficient resources).</summary>
    public const string DiskFull = "53100";
    /// <summary>out_of_memory (class 53, insufficient resources).</summary>
    public const string OutOfMemory = "53200";
    /// <summary>too_many_connections (class 53, insufficient resources): usually at connect; retry after a while.</summary>
    public const string TooManyConnections = "53300";
    /// <summary>configuration_limit_exceeded (class 53, insufficient resources).</summary>
    public const string ConfigurationLimitExceeded = "53400";

    /// <summary>program_limit_exceeded (class 54, program limit exceeded).</summary>
    public const string ProgramLimitExceeded = "54000";
    /// <summary>statement_too_complex (class 54, program limit exceeded).</summary>
    public const string StatementTooComplex = "54001";
    /// <summary>too_many_columns (class 54, program limit exceeded).</summary>
    public const string TooManyColumns = "54011";
    /// <summary>too_many_arguments (class 54, program limit exceeded).</summary>
    public const string TooManyArguments = "54023";

    /// <summary>object_not_in_prerequisite_state (class 55, object not in prerequisite state).</summary>
    public const string ObjectNotInPrerequisiteState = "55000";
    /// <summary>object_in_use (class 55, object not in prerequisite state): DROP DATABASE with sessions in it, or an active replication
    /// slot; retry after a while.</summary>
    public const string ObjectInUse = "55006";
    /// <summary>cant_change_runtime_param (class 55, object not in prerequisite state).</summary>
    public const string CantChangeRuntimeParam = "55P02";
    /// <summary>lock_not_available (class 55, object not in prerequisite state): NOWAIT or lock_timeout; retry after a while.</summary>
    public const string LockNotAvailable = "55P03";
    /// <summary>unsafe_new_enum_value_usage (class 55, object not in prerequisite state).</summary>
    public const string UnsafeNewEnumValueUsage = "55P04";

    /// <summary>operator_intervention (class 57, operator intervention).</summary>
    public const string OperatorIntervention = "57000";
    /// <summary>query_canceled (class 57, operator intervention): a cancel request, statement_timeout, or CopyFail: only the message
    /// tells which.</summary>
    public const string QueryCanceled = "57014";
    /// <summary>admin_shutdown (class 57, operator intervention): FATAL: terminated or shut down; connect again.</summary>
    public const string AdminShutdown = "57P01";
    /// <summary>crash_shutdown (class 57, operator intervention): FATAL: another server process crashed; connect again.</summary>
    public const string CrashShutdown = "57P02";
    /// <summary>cannot_connect_now (class 57, operator intervention): starting, stopping or recovering; another host, or retry after a
    /// while.</summary>
    public const string CannotConnectNow = "57P03";
    /// <summary>database_dropped (class 57, operator intervention): FATAL: the database was dropped.</summary>
    public const string DatabaseDropped = "57P04";
    /// <summary>idle_session_timeout (class 57, operator intervention): FATAL: idle_session_timeout; connect again.</summary>
    public const string IdleSessionTimeout = "57P05";

    /// <summary>system_error (class 58, system error).</summary>
    public const string SystemError = "58000";
    /// <summary>io_error (class 58, system error).</summary>
    public const string IoError = "58030";
    /// <summary>undefined_file (class 58, system error).</summary>
    public const string UndefinedFile = "58P01";
    /// <summary>duplicate_file (class 58, system error).</summary>
    public const string DuplicateFile = "58P02";
    /// <summary>file_name_too_long (class 58, system error): since 18.</summary>
    public const string FileNameTooLong = "58P03";

    /// <summary>config_file_error (class F0, configuration file error).</summary>
    public const string ConfigFileError = "F0000";
    /// <summary>lock_file_exists (class F0, configuration file error).</summary>
    public const string LockFileExists = "F0001";

    /// <summary>fdw_error (class HV, foreign data wrapper error).</summary>
    public const string FdwError = "HV000";
    /// <summary>fdw_column_name_not_found (class HV, foreign data wrapper error).</summary>
    public const string FdwColumnNameNotFound = "HV005";
    /// <summary>fdw_dynamic_parameter_value_needed (class HV, foreign data wrapper error).</summary>
    public const string FdwDynamicParameterValueNeeded = "HV002";
    /// <summary>fdw_function_sequence_error (class HV, foreign data wrapper error).</summary>
    public const string FdwFunctionSequenceError = "HV010";
    /// <summary>fdw_inconsistent_descriptor_information (class HV, foreign data wrapper error).</summary>
    public const string FdwInconsistentDescriptorInformation = "HV021";
    /// <summary>fdw_invalid_attribute_value (class HV, foreign data wrapper error).</summary>
    public const string FdwInvalidAttributeValue = "HV024";
    /// <summary>fdw_invalid_column_name (class HV, foreign data wrapper error).</summary>
    public const string FdwInvalidColumnName = "HV007";
    /// <summary>fdw_invalid_column_number (class HV, foreign data wrapper error).</summary>
    public const string FdwInvalidColumnNumber = "HV008";
    /// <summary>fdw_invalid_data_type (class HV, foreign data wrapper error).</summary>
    public const string FdwInvalidDataType = "HV004";
    /// <summary>fdw_invalid_data_type_descriptors (class HV, foreign data wrapper error).</summary>
    public const string FdwInvalidDataTypeDescriptors = "HV006";
    /// <summary>fdw_invalid_descriptor_field_identifier (class HV, foreign data wrapper error).</summary>
    public const string FdwInvalidDescriptorFieldIdentifier = "HV091";
    /// <summary>fdw_invalid_handle (class HV, foreign data wrapper error).</summary>
    public const string FdwInvalidHandle = "HV00B";
    /// <summary>fdw_invalid_option_index (class HV, foreign data wrapper error).</summary>
    public const string FdwInvalidOptionIndex = "HV00C";
    /// <summary>fdw_invalid_option_name (class HV, foreign data wrapper error).</summary>
    public const string FdwInvalidOptionName = "HV00D";
    /// <summary>fdw_invalid_string_length_or_buffer_length (class HV, foreign data wrapper error).</summary>
    public const string FdwInvalidStringLengthOrBufferLength = "HV090";
    /// <summary>fdw_invalid_string_format (class HV, foreign data wrapper error).</summary>
    public const string FdwInvalidStringFormat = "HV00A";
    /// <summary>fdw_invalid_use_of_null_pointer (class HV, foreign data wrapper error).</summary>
    public const string FdwInvalidUseOfNullPointer = "HV009";
    /// <summary>fdw_too_many_handles (class HV, foreign data wrapper error).</summary>
    public const string FdwTooManyHandles = "HV014";
    /// <summary>fdw_out_of_memory (class HV, foreign data wrapper error).</summary>
    public const string FdwOutOfMemory = "HV001";
    /// <summary>fdw_no_schemas (class HV, foreign data wrapper error).</summary>
    public const string FdwNoSchemas = "HV00P";
    /// <summary>fdw_option_name_not_found (class HV, foreign data wrapper error).</summary>
    public const string FdwOptionNameNotFound = "HV00J";
    /// <summary>fdw_reply_handle (class HV, foreign data wrapper error).</summary>
    public const string FdwReplyHandle = "HV00K";
    /// <summary>fdw_schema_not_found (class HV, foreign data wrapper error).</summary>
    public const string FdwSchemaNotFound = "HV00Q";
    /// <summary>fdw_table_not_found (class HV, foreign data wrapper error).</summary>
    public const string FdwTableNotFound = "HV00R";
    /// <summary>fdw_unable_to_create_execution (class HV, foreign data wrapper error).</summary>
    public const string FdwUnableToCreateExecution = "HV00L";
    /// <summary>fdw_unable_to_create_reply (class HV, foreign data wrapper error).</summary>
    public const string FdwUnableToCreateReply = "HV00M";
    /// <summary>fdw_unable_to_establish_connection (class HV, foreign data wrapper error).</summary>
    public const string FdwUnableToEstablishConnection = "HV00N";

    /// <summary>plpgsql_error (class P0, PL/pgSQL Error).</summary>
    public const string PlPgSqlError = "P0000";
    /// <summary>raise_exception (class P0, PL/pgSQL Error): RAISE EXCEPTION without another code.</summary>
    public const string RaiseException = "P0001";
    /// <summary>no_data_found (class P0, PL/pgSQL Error).</summary>
    public const string NoDataFound = "P0002";
    /// <summary>too_many_rows (class P0, PL/pgSQL Error).</summary>
    public const string TooManyRows = "P0003";
    /// <summary>assert_failure (class P0, PL/pgSQL Error).</summary>
    public const string AssertFailure = "P0004";

    /// <summary>internal_error (class XX, internal error): a bug in the server or an extension.</summary>
    public const string InternalError = "XX000";
    /// <summary>data_corrupted (class XX, internal error).</summary>
    public const string DataCorrupted = "XX001";
    /// <summary>index_corrupted (class XX, internal error).</summary>
    public const string IndexCorrupted = "XX002";
}
