<?php
// The one LocalSettings.php of the farm's wikis. FARM is the farm's folder, FARM_WIKI the wiki's database name.
if ( !defined( 'MEDIAWIKI' ) ) {
	exit;
}
$farm = getenv( 'FARM' );
$farmWiki = getenv( 'FARM_WIKI' );
$farmLanguage = $farmWiki === 'commonswiki' ? 'en' : substr( $farmWiki, 0, -strlen( 'wiki' ) );

// Answers name the host that was asked, so that replies recorded under real addresses are true to themselves.
$wgServer = ( $_SERVER['HTTP_X_FORWARDED_PROTO'] ?? 'http' ) . '://' . ( $_SERVER['HTTP_HOST'] ?? '127.0.0.1' );
$wgScriptPath = '/w';
$wgArticlePath = '/wiki/$1';
$wgResourceBasePath = $wgScriptPath;
$wgSitename = 'Wikipedia';
$wgMetaNamespace = 'Wikipedia';
$wgLanguageCode = $farmLanguage;
$wgLocaltimezone = 'UTC';
$wgSecretKey = str_repeat( 'farm', 16 );
$wgDefaultSkin = 'vector';
wfLoadSkin( 'Vector' );

// One folder of databases, so that the wikis see the files of commonswiki as Wikipedia does.
$wgDBtype = 'sqlite';
$wgDBserver = '';
$wgDBname = $farmWiki;
$wgSQLiteDataDir = "$farm/data";
$farmSide = static fn ( string $name ): array => [
	'type' => 'sqlite', 'dbname' => $name, 'tablePrefix' => '', 'variables' => [ 'synchronous' => 'OFF' ],
	'dbDirectory' => "$farm/data", 'trxMode' => 'IMMEDIATE', 'flags' => 0,
];
$wgDBservers = [ $farmSide( $farmWiki ) + [ 'load' => 1 ] ];
$wgObjectCaches[CACHE_DB] = [ 'class' => SqlBagOStuff::class, 'server' => $farmSide( 'wikicache' ) ];
$wgJobTypeConf['default'] = [
	'class' => 'JobQueueDB', 'claimTTL' => 3600, 'server' => $farmSide( "{$farmWiki}_jobqueue" ),
];
$wgLocalisationCacheConf = [ 'class' => LocalisationCache::class, 'store' => 'files', 'storeDirectory' => false, 'manualRecache' => false ];
$wgCacheDirectory = "$farm/l10n";
$wgMainCacheType = PHP_SAPI === 'cli' ? CACHE_NONE : CACHE_ACCEL;
$wgSessionCacheType = CACHE_DB;
$wgParserCacheType = CACHE_NONE;
$wgJobRunRate = 0;
$wgPingback = false;

$wgEnableUploads = true;
$wgUploadDirectory = "$farm/images/$farmWiki";
$wgUploadPath = '/w/images';
$wgFileExtensions = [ 'png', 'jpg', 'jpeg', 'svg', 'gif' ];
$wgUseImageMagick = false;
$wgUseInstantCommons = false;
$wgDiff3 = '/usr/bin/diff3';
if ( $farmWiki !== 'commonswiki' ) {
	$wgForeignFileRepos[] = [
		'class' => ForeignDBViaLBRepo::class,
		'name' => 'commons',
		'backend' => 'commons-backend',
		'url' => 'https://upload.wikimedia.org/wikipedia/commons',
		'hashLevels' => 2,
		'wiki' => 'commonswiki',
		'hasSharedCache' => false,
		'descBaseUrl' => 'https://commons.wikimedia.org/wiki/File:',
	];
	$wgFileBackends[] = [
		'name' => 'commons-backend',
		'class' => FSFileBackend::class,
		'lockManager' => 'nullLockManager',
		'containerPaths' => [
			'commons-public' => "$farm/images/commonswiki",
			'commons-thumb' => "$farm/images/commonswiki/thumb",
			'commons-temp' => "$farm/images/commonswiki/temp",
			'commons-deleted' => "$farm/images/commonswiki/deleted",
		],
	];
}

wfLoadExtensions( [
	'AbuseFilter', 'Cite', 'ConfirmEdit', 'ConfirmEdit/QuestyCaptcha', 'Interwiki', 'ParserFunctions', 'Scribunto',
	'SpamBlacklist', 'TemplateData', 'TitleBlacklist',
] );
$wgPFEnableStringFunctions = true;
$wgScribuntoDefaultEngine = 'luastandalone';
$wgScribuntoEngineConf['luastandalone']['luaPath'] = '/usr/bin/lua5.1';
$wgBlacklistSettings = [ 'spam' => [ 'files' => [] ], 'email' => [ 'files' => [] ] ];
$wgTitleBlacklistSources = [ [ 'type' => 'localpage', 'src' => 'MediaWiki:Titleblacklist' ] ];
$wgCaptchaClass = QuestyCaptcha::class;
$wgCaptchaQuestions = [ 'What is the capital of Tajikistan?' => 'Dushanbe' ];
$wgCaptchaTriggers = array_fill_keys(
	[ 'edit', 'create', 'sendemail', 'addurl', 'createaccount', 'badlogin', 'badloginperuser' ], false
);

$wgCapitalLinks = true;
$wgRateLimits = [];
$wgPasswordAttemptThrottle = [];
$wgGroupPermissions['*']['edit'] = true;
$wgGroupPermissions['bot']['skipcaptcha'] = true;

// __DISAMBIG__ as Extension:Disambiguator has it (not packaged by Debian).
$wgExtensionMessagesFiles['FarmMagic'] = __DIR__ . '/magic.php';
$wgHooks['GetDoubleUnderscoreIDs'][] = static function ( array &$ids ) {
	$ids[] = 'disambiguation';
};

// Language links come from beside the page, as Extension:WikibaseClient (not packaged either) brings them.
$wgHooks['ContentAlterParserOutput'][] = static function ( $content, $title, $output ) use ( $farm, $farmWiki ) {
	static $links = null;
	$file = "$farm/langlinks/$farmWiki.json";
	$links ??= is_file( $file ) ? json_decode( file_get_contents( $file ), true ) : [];
	foreach ( $links[$title->getPrefixedText()] ?? [] as $link ) {
		$output->addLanguageLink( $link );
	}
};

// What a test changes for a while: read-only mode, rate limits, captcha. Not included: PHP would keep it for seconds.
if ( is_file( "$farm/overrides/$farmWiki.php" ) ) {
	eval( file_get_contents( "$farm/overrides/$farmWiki.php" ) );
}
